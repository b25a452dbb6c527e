<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>hs::device</name>
    <message>
        <source>There is no microphone and no speaker: connect a headset.</source>
        <translation>沒有麥克風，也沒有揚聲器：請接上耳機。</translation>
    </message>
    <message>
        <source>There is no speaker: connect a headset.</source>
        <translation>沒有揚聲器：請接上耳機。</translation>
    </message>
    <message>
        <source>There is no microphone: connect a headset.</source>
        <translation>沒有麥克風：請接上耳機。</translation>
    </message>
    <message>
        <source>There is no sound: no sound server (PulseAudio or PipeWire) is running.</source>
        <translation>沒有聲音：沒有音效伺服器（PulseAudio 或 PipeWire）在執行。</translation>
    </message>
    <message>
        <source>There is no sound: the sound server does not answer.</source>
        <translation>沒有聲音：音效伺服器沒有回應。</translation>
    </message>
    <message>
        <source>The microphone &quot;%1&quot; gives neither 16-bit nor float samples.</source>
        <translation>麥克風「%1」無法提供 16 位元或浮點取樣。</translation>
    </message>
    <message>
        <source>The microphone &quot;%1&quot; can&apos;t be opened.</source>
        <translation>無法開啟麥克風「%1」。</translation>
    </message>
    <message>
        <source>The speaker &quot;%1&quot; takes neither 16-bit nor float samples.</source>
        <translation>揚聲器「%1」不接受 16 位元或浮點取樣。</translation>
    </message>
    <message>
        <source>The speaker &quot;%1&quot; can&apos;t be opened.</source>
        <translation>無法開啟揚聲器「%1」。</translation>
    </message>
    <message>
        <source>The device &quot;%1&quot; does not move: unplug it and plug it in again.</source>
        <translation>裝置「%1」沒有動靜：請拔下後再重新插上。</translation>
    </message>
    <message>
        <source>The ring sound &quot;%1&quot; can&apos;t be played; the built-in one rings.</source>
        <translation>無法播放鈴聲「%1」；改用內建鈴聲。</translation>
    </message>
    <message>
        <source>Sound hangs: the sound server took a request and has not answered. Calls go on without it; restart the sound server or this program.</source>
        <translation>音效停滯：音效伺服器收到要求後一直沒有回應。通話照常進行，但沒有聲音；請重新啟動音效伺服器或本程式。</translation>
    </message>
    <message>
        <source>A recording is not played during a call, which would hear it: put the call on hold first.</source>
        <translation>通話中不播放錄音，以免對方聽見：請先將通話保留。</translation>
    </message>
</context>
<context>
    <name>hs::engine</name>
    <message>
        <source>There is no telephone line: see the banner.</source>
        <translation>目前沒有電話線路：請參閱上方通知。</translation>
    </message>
    <message>
        <source>There is no configuration file in which accounts could be kept.</source>
        <translation>沒有可以保存帳號的設定檔。</translation>
    </message>
    <message>
        <source>There is an account &apos;%1&apos; already; choose another name.</source>
        <translation>帳號「%1」已經存在；請改用其他名稱。</translation>
    </message>
</context>
<context>
    <name>hs::sip</name>
    <message>
        <source>the server refuses user name or password for &apos;%1&apos;</source>
        <translation>伺服器不接受「%1」的使用者名稱或密碼</translation>
    </message>
    <message>
        <source>the server asks for a password for &apos;%1&apos;, and none is known: set the account&apos;s password</source>
        <translation>伺服器要求「%1」的密碼，但尚未設定：請設定帳號的密碼</translation>
    </message>
    <message>
        <source>somebody who is no server of the account asks for a password for &apos;%1&apos;; the account&apos;s is for its own servers only</source>
        <translation>不屬於此帳號的伺服器要求「%1」的密碼；帳號的密碼只提供給自己的伺服器</translation>
    </message>
    <message>
        <source>the server asks for a kind of authentication that Hookswitch does not have (it has Digest with MD5 and SHA-256)</source>
        <translation>伺服器要求的驗證方式 Hookswitch 不支援（支援使用 MD5 與 SHA-256 的 Digest）</translation>
    </message>
    <message>
        <source>the server does not let &apos;%1&apos; register (%2): check user name and password, and at the server whether it may register from here and how many telephones it may have</source>
        <translation>伺服器不允許「%1」註冊（%2）：請檢查使用者名稱與密碼，並在伺服器上確認它是否可從這裡註冊以及可使用幾支電話</translation>
    </message>
    <message>
        <source>the server knows no &apos;%1&apos; at %2 (%3): check the account&apos;s user name and domain</source>
        <translation>伺服器在 %2 沒有「%1」（%3）：請檢查帳號的使用者名稱與網域</translation>
    </message>
    <message>
        <source>the server takes no registrations (%1): check the account&apos;s registrar, or let the account not register</source>
        <translation>伺服器不接受註冊（%1）：請檢查帳號的註冊伺服器，或讓此帳號不註冊</translation>
    </message>
    <message>
        <source>the server can&apos;t do it at present (%1): if that stays so, ask who runs it</source>
        <translation>伺服器目前無法處理（%1）：若持續如此，請洽詢伺服器的管理者</translation>
    </message>
    <message>
        <source>the server refuses to register &apos;%1&apos; (%2): ask who runs it</source>
        <translation>伺服器拒絕註冊「%1」（%2）：請洽詢伺服器的管理者</translation>
    </message>
    <message>
        <source>the server says yes, but keeps no binding for us</source>
        <translation>伺服器表示同意，但沒有保留我們的註冊</translation>
    </message>
    <message>
        <source>the server %1 does not answer over %2: check its address and port, and that it runs</source>
        <translation>伺服器 %1 以 %2 沒有回應：請檢查其位址與連接埠，並確認它正在執行</translation>
    </message>
    <message>
        <source>connecting to %1 over %2 failed: %3</source>
        <translation>無法以 %2 連線至 %1：%3</translation>
    </message>
    <message>
        <source>the connection was refused; nothing listens there</source>
        <translation>連線遭拒；該處沒有服務</translation>
    </message>
    <message>
        <source>the far end closed the connection</source>
        <translation>對方關閉了連線</translation>
    </message>
    <message>
        <source>the far end does not answer</source>
        <translation>對方沒有回應</translation>
    </message>
    <message>
        <source>the network reports: %1</source>
        <translation>網路回報：%1</translation>
    </message>
    <message>
        <source>what answers there does not speak TLS</source>
        <translation>該處的服務不使用 TLS</translation>
    </message>
    <message>
        <source>no answer within %1 s</source>
        <translation>%1 秒內沒有回應</translation>
    </message>
    <message>
        <source>no TLS handshake within %1 s</source>
        <translation>%1 秒內沒有完成 TLS 交握</translation>
    </message>
    <message>
        <source>the certificate is for %1, not for &apos;%2&apos;</source>
        <translation>憑證屬於 %1，而非「%2」</translation>
    </message>
    <message>
        <source>the certificate expired on %1</source>
        <translation>憑證已於 %1 過期</translation>
    </message>
    <message>
        <source>the certificate is valid from %1 on; is the date of this machine right?</source>
        <translation>憑證自 %1 起才有效；這台電腦的日期正確嗎？</translation>
    </message>
    <message>
        <source>the certificate is signed by itself and not known here; if it is the right one, name it in sip_tls_ca</source>
        <translation>憑證為自我簽署且此處不認識；若它是正確的，請在 sip_tls_ca 中指定</translation>
    </message>
    <message>
        <source>the certificate is of an authority that is not known here (%1); name the authority&apos;s own certificate in sip_tls_ca</source>
        <translation>憑證的簽發單位此處不認識（%1）；請在 sip_tls_ca 中指定該單位本身的憑證</translation>
    </message>
    <message>
        <source>the far end showed no certificate</source>
        <translation>對方沒有出示憑證</translation>
    </message>
    <message>
        <source>the certificate is not accepted: %1</source>
        <translation>不接受此憑證：%1</translation>
    </message>
    <message>
        <source>the name &apos;%1&apos; does not exist</source>
        <translation>名稱「%1」不存在</translation>
    </message>
    <message>
        <source>&apos;%1&apos; exists but has no address</source>
        <translation>「%1」存在，但沒有位址</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is served by &apos;%2&apos;: %3</source>
        <translation>「%1」由「%2」提供服務：%3</translation>
    </message>
    <message>
        <source>no DNS server answered (asked %1) for &apos;%2&apos;</source>
        <translation>沒有 DNS 伺服器回應「%2」的查詢（已詢問 %1）</translation>
    </message>
    <message>
        <source>no DNS server has an answer (asked %1) for &apos;%2&apos;: refused, failing or out of reach</source>
        <translation>沒有 DNS 伺服器能回答「%2」的查詢（已詢問 %1）：遭拒、故障或無法連線</translation>
    </message>
</context>
<context>
    <name>hs::ui::AccountForm</name>
    <message>
        <source>&amp;Codecs</source>
        <translation>編解碼器(&amp;C)</translation>
    </message>
    <message>
        <source>Register: be reachable there</source>
        <translation>註冊：可在該處接到來電</translation>
    </message>
    <message>
        <source>Default: numbers are called by it</source>
        <translation>預設：以此帳號撥打號碼</translation>
    </message>
    <message>
        <source>Account %1</source>
        <translation>帳號 %1</translation>
    </message>
    <message>
        <source>New account</source>
        <translation>新增帳號</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名稱(&amp;N)</translation>
    </message>
    <message>
        <source>office</source>
        <comment>example of an account&apos;s name</comment>
        <translation>office</translation>
    </message>
    <message>
        <source>Shown &amp;as</source>
        <translation>顯示名稱(&amp;A)</translation>
    </message>
    <message>
        <source>what others see, may be empty</source>
        <translation>對方看到的名稱，可留空</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>使用者(&amp;U)</translation>
    </message>
    <message>
        <source>D&amp;omain</source>
        <translation>網域(&amp;O)</translation>
    </message>
    <message>
        <source>Au&amp;thentication user</source>
        <translation>認證使用者(&amp;T)</translation>
    </message>
    <message>
        <source>as the user, if empty</source>
        <translation>留空則同使用者</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密碼</translation>
    </message>
    <message>
        <source>stays as it is, if empty</source>
        <translation>留空則維持不變</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密碼(&amp;P)</translation>
    </message>
    <message>
        <source>Now it is read from %1. One that is typed here is kept in its place.</source>
        <translation>目前從 %1 讀取。在此輸入的密碼會取代它。</translation>
    </message>
    <message>
        <source>Re&amp;gistrar</source>
        <translation>註冊伺服器(&amp;G)</translation>
    </message>
    <message>
        <source>the domain, if empty</source>
        <translation>留空則同網域</translation>
    </message>
    <message>
        <source>Out&amp;bound proxy</source>
        <translation>外撥代理(&amp;B)</translation>
    </message>
    <message>
        <source>none, if empty</source>
        <translation>留空則不使用</translation>
    </message>
    <message>
        <source>Automatic (DNS, else UDP)</source>
        <translation>自動（依 DNS，否則 UDP）</translation>
    </message>
    <message>
        <source>TLS (encrypted)</source>
        <translation>TLS（加密）</translation>
    </message>
    <message>
        <source>&amp;Transport</source>
        <translation>傳輸方式(&amp;T)</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds, behind a number</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>&amp;Expiry</source>
        <translation>註冊效期(&amp;E)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Tones in the sound</source>
        <translation>聲音中的按鍵音</translation>
    </message>
    <message>
        <source>D&amp;igits (DTMF)</source>
        <translation>按鍵音 DTMF(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Voice mail number</source>
        <translation>語音信箱號碼(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Watched extensions</source>
        <translation>監看的分機(&amp;W)</translation>
    </message>
    <message>
        <source>Pic&amp;kup prefix</source>
        <translation>代接碼(&amp;K)</translation>
    </message>
</context>
<context>
    <name>hs::ui::AccountListModel</name>
    <message>
        <source>%1 new</source>
        <comment>voice messages</comment>
        <translation>%1 則新留言</translation>
    </message>
    <message>
        <source>default</source>
        <comment>account</comment>
        <translation>預設</translation>
    </message>
    <message>
        <source>does not register, calls only</source>
        <translation>不註冊，僅供撥出</translation>
    </message>
    <message>
        <source>Heard by calling %1</source>
        <translation>撥打 %1 收聽</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>帳號</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>伺服器</translation>
    </message>
    <message>
        <source>Voice mail</source>
        <translation>語音信箱</translation>
    </message>
</context>
<context>
    <name>hs::ui::AccountRules</name>
    <message>
        <source>Give the account a name, such as office.</source>
        <translation>請為帳號取個名稱，例如 office。</translation>
    </message>
    <message>
        <source>A name has only letters (a to z), digits, dashes, underscores and dots, at most 64.</source>
        <translation>名稱只能用英文字母（a 到 z）、數字、連字號、底線和句點，最多 64 個字元。</translation>
    </message>
    <message>
        <source>Another account has this name already.</source>
        <translation>另一個帳號已使用這個名稱。</translation>
    </message>
    <message>
        <source>Give the part of the address before the @, such as 200 or anna.</source>
        <translation>請輸入位址中 @ 前面的部分，例如 200 或 anna。</translation>
    </message>
    <message>
        <source>A user name has no blanks, quotes and brackets.</source>
        <translation>使用者名稱不能有空白、引號和角括號。</translation>
    </message>
    <message>
        <source>Give the part of the address behind the @, such as example.com, without a port.</source>
        <translation>請輸入位址中 @ 後面的部分，例如 example.com，不含連接埠。</translation>
    </message>
    <message>
        <source>Give a host name or an IP address, with or without a port, such as sip.example.com:5060.</source>
        <translation>請輸入主機名稱或 IP 位址，可加連接埠，例如 sip.example.com:5060。</translation>
    </message>
    <message>
        <source>A name that is shown has at most 128 characters.</source>
        <translation>顯示名稱最多 128 個字元。</translation>
    </message>
    <message>
        <source>Give a number or a sip: address that can be dialled, such as *97.</source>
        <translation>請輸入可以撥打的號碼或 sip: 位址，例如 *97。</translation>
    </message>
    <message>
        <source>Give extensions with commas between them, each once, such as 201, 202.</source>
        <translation>請輸入以逗號分隔的分機，每個一次，例如 201, 202。</translation>
    </message>
    <message>
        <source>Give digits, * and #, such as **, at most 16.</source>
        <translation>請輸入數字、* 和 #，例如 **，最多 16 個。</translation>
    </message>
    <message>
        <source>This cannot be used.</source>
        <translation>這個值無法使用。</translation>
    </message>
</context>
<context>
    <name>hs::ui::AccountWords</name>
    <message>
        <source>Registering</source>
        <comment>state of an account</comment>
        <translation>註冊中</translation>
    </message>
    <message>
        <source>Registered</source>
        <comment>state of an account</comment>
        <translation>已註冊</translation>
    </message>
    <message>
        <source>Failing</source>
        <comment>state of an account</comment>
        <translation>註冊失敗</translation>
    </message>
    <message>
        <source>Unregistering</source>
        <comment>state of an account</comment>
        <translation>解除註冊中</translation>
    </message>
    <message>
        <source>Off</source>
        <comment>state of an account</comment>
        <translation>未註冊</translation>
    </message>
    <message>
        <source>until %1</source>
        <comment>registered</comment>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>no account</source>
        <translation>沒有帳號</translation>
    </message>
    <message>
        <source>account failing</source>
        <translation>帳號註冊失敗</translation>
    </message>
    <message>
        <source>%1 of %2 accounts failing</source>
        <translation>%2 個帳號中有 %1 個失敗</translation>
    </message>
    <message>
        <source>registering</source>
        <comment>accounts</comment>
        <translation>註冊中</translation>
    </message>
    <message>
        <source>account off</source>
        <translation>帳號未註冊</translation>
    </message>
    <message>
        <source>accounts off</source>
        <translation>帳號皆未註冊</translation>
    </message>
    <message>
        <source>account fine</source>
        <translation>帳號正常</translation>
    </message>
    <message>
        <source>all accounts fine</source>
        <translation>所有帳號正常</translation>
    </message>
    <message>
        <source>1 new voice message</source>
        <translation>1 則新語音留言</translation>
    </message>
    <message numerus="yes">
        <source>%n new voice messages</source>
        <translation>
            <numerusform>%n 則新語音留言</numerusform>
        </translation>
    </message>
    <message>
        <source>idle</source>
        <comment>an extension</comment>
        <translation>空閒</translation>
    </message>
    <message>
        <source>ringing</source>
        <comment>an extension</comment>
        <translation>響鈴中</translation>
    </message>
    <message>
        <source>busy</source>
        <comment>an extension</comment>
        <translation>通話中</translation>
    </message>
    <message>
        <source>unknown</source>
        <comment>an extension</comment>
        <translation>未知</translation>
    </message>
    <message>
        <source>Reachable</source>
        <comment>state of an account</comment>
        <translation>可連線</translation>
    </message>
    <message>
        <source>No reason is known</source>
        <translation>原因不明</translation>
    </message>
    <message>
        <source>%1 Not tried again until you do.</source>
        <extracomment>%1 a reason, a whole sentence</extracomment>
        <translation>%1 在您操作之前不再嘗試。</translation>
    </message>
    <message>
        <source>%1 Next try in %2.</source>
        <extracomment>%1 a reason, a whole sentence, %2 how long it is until then</extracomment>
        <translation>%1 %2後再試。</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <extracomment>%1 a state such as &quot;Registered&quot;, %2 more of it, such as &quot;until 14:30&quot;</extracomment>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>%1.</source>
        <comment>a sentence</comment>
        <translation>%1。</translation>
    </message>
</context>
<context>
    <name>hs::ui::AccountsDesk</name>
    <message>
        <source>No account has a voice mail number. Set one under Accounts.</source>
        <translation>沒有帳號設定語音信箱號碼。請在「帳號」中設定。</translation>
    </message>
    <message>
        <source>The account %1 has no voice mail number. Set one under Accounts.</source>
        <translation>帳號 %1 沒有設定語音信箱號碼。請在「帳號」中設定。</translation>
    </message>
    <message>
        <source>Message from %1</source>
        <extracomment>%1 is who sent a text</extracomment>
        <translation>來自 %1 的訊息</translation>
    </message>
    <message numerus="yes">
        <source>%n new messages, the last from %1</source>
        <translation>
            <numerusform>%n 則新訊息，最後一則來自 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Messages (%1 new)</source>
        <extracomment>%1 is how many of them are new</extracomment>
        <translation>訊息（%1 則新）</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>訊息</translation>
    </message>
</context>
<context>
    <name>hs::ui::AccountsDialog</name>
    <message>
        <source>Accounts</source>
        <translation>帳號</translation>
    </message>
    <message>
        <source>&amp;Add...</source>
        <translation>新增(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Edit...</source>
        <translation>編輯(&amp;E)...</translation>
    </message>
    <message>
        <source>Re&amp;move...</source>
        <translation>移除(&amp;M)...</translation>
    </message>
    <message>
        <source>&amp;Register now</source>
        <translation>立即註冊(&amp;R)</translation>
    </message>
    <message>
        <source>Try at once instead of waiting</source>
        <translation>立刻嘗試，不再等待</translation>
    </message>
    <message>
        <source>&amp;Unregister</source>
        <translation>解除註冊(&amp;U)</translation>
    </message>
    <message>
        <source>Not to be reached there, until you register again or the program is started anew</source>
        <translation>不再於該處接聽來電，直到您再次註冊或重新啟動程式</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>關閉(&amp;C)</translation>
    </message>
    <message>
        <source>No account yet</source>
        <translation>尚無帳號</translation>
    </message>
    <message>
        <source>An account is your extension at a PBX, or your number at a provider. Add one to be reachable there and to call by it.</source>
        <translation>帳號就是您在交換機的分機，或在電信業者的號碼。新增帳號後即可在該處接聽與撥打。</translation>
    </message>
    <message>
        <source>Remove...</source>
        <translation>移除...</translation>
    </message>
    <message>
        <source>Remove account</source>
        <translation>移除帳號</translation>
    </message>
    <message>
        <source>Remove the account %1 and its password? You are no longer reachable at %2 then.</source>
        <translation>要移除帳號 %1 及其密碼嗎？之後將無法再以 %2 接到來電。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>A call is going on by this account. It goes on without it.</source>
        <translation>有一通電話正使用此帳號，移除後通話仍會繼續。</translation>
    </message>
    <message numerus="yes">
        <source>%n calls are going on by this account. They go on without it.</source>
        <translation>
            <numerusform>有 %n 通電話正使用此帳號，移除後通話仍會繼續。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hs::ui::AutoAnswerButton</name>
    <message>
        <source>Whether the machine answers calls by itself and plays the greeting. A click switches it.</source>
        <translation>系統是否自動接聽來電並播放問候語。按一下即可切換。</translation>
    </message>
    <message>
        <source>Auto-answer: off</source>
        <translation>自動接聽：關閉</translation>
    </message>
    <message>
        <source>Auto-answer: at once</source>
        <translation>自動接聽：立即</translation>
    </message>
    <message>
        <source>Auto-answer: after %1 s</source>
        <translation>自動接聽：%1 秒後</translation>
    </message>
</context>
<context>
    <name>hs::ui::BannerBar</name>
    <message>
        <source>1 more notice</source>
        <translation>還有 1 則通知</translation>
    </message>
    <message numerus="yes">
        <source>%n more notices</source>
        <translation>
            <numerusform>還有 %n 則通知</numerusform>
        </translation>
    </message>
    <message>
        <source>Put this notice away</source>
        <translation>收起這則通知</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>顯示</translation>
    </message>
</context>
<context>
    <name>hs::ui::CallActions</name>
    <message>
        <source>Take</source>
        <translation>接手</translation>
    </message>
    <message>
        <source>Answer the selected call, or else whoever waits longest</source>
        <translation>接聽選取的來電；未選取時接聽等候最久的來電</translation>
    </message>
    <message>
        <source>End the selected call, or decline it while it rings</source>
        <translation>結束選取的通話；響鈴中則為拒接</translation>
    </message>
    <message>
        <source>Put the selected call on hold, or go on with it</source>
        <translation>保留選取的通話，或恢復通話</translation>
    </message>
    <message>
        <source>Only one call can be resumed at once; to talk with all, join them.</source>
        <translation>一次只能恢復一通通話；若要與所有人交談，請將它們併入會議。</translation>
    </message>
    <message>
        <source>Connect your headset to the selected call, whoever has it now. The call that you are on is held.</source>
        <translation>將您的耳機接到選取的通話，不論目前由誰處理。您原本的通話會被保留。</translation>
    </message>
    <message>
        <source>Send silence instead of your microphone</source>
        <translation>以靜音代替麥克風的聲音送出</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接聽</translation>
    </message>
    <message>
        <source>Answer next</source>
        <translation>接聽下一通</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>掛斷</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢復</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>靜音</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>已靜音</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>轉接</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>按鍵</translation>
    </message>
    <message>
        <source>Let the selected call go to somebody else</source>
        <translation>將選取的通話轉給其他人</translation>
    </message>
    <message>
        <source>Send digits to the selected call. With its row selected, digits can be typed right away.</source>
        <translation>向選取的通話送出按鍵音。選取該列後可直接用鍵盤輸入數字。</translation>
    </message>
</context>
<context>
    <name>hs::ui::CallCells</name>
    <message>
        <source>Key</source>
        <comment>column: the key that selects the row</comment>
        <translation>按鍵</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>對象</translation>
    </message>
    <message>
        <source>For</source>
        <comment>column: the number or account that was called</comment>
        <translation>撥往</translation>
    </message>
    <message>
        <source>Has it</source>
        <comment>column: who has the call</comment>
        <translation>處理者</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>編解碼</translation>
    </message>
    <message>
        <source>Loss</source>
        <comment>column: lost packets</comment>
        <translation>遺失率</translation>
    </message>
    <message>
        <source>Notes</source>
        <comment>column: recording, muted</comment>
        <translation>備註</translation>
    </message>
    <message>
        <source>held %1</source>
        <extracomment>how long a call has been on hold, in few letters</extracomment>
        <translation>保留 %1</translation>
    </message>
    <message>
        <source>no audio</source>
        <translation>無聲音</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>錄音中</translation>
    </message>
    <message>
        <source>headset</source>
        <translation>耳機</translation>
    </message>
    <message>
        <source>Your headset is on this call.</source>
        <translation>您的耳機正在這通電話上。</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Sound goes to and comes from %1</source>
        <translation>語音往來位址：%1</translation>
    </message>
    <message>
        <source>Nothing has arrived from the far end since the call was answered. Often a firewall or address translation is in the way.</source>
        <translation>自接聽以來，未收到對方任何語音。常見原因是防火牆或位址轉換（NAT）阻擋。</translation>
    </message>
    <message>
        <source>Packets of the far end that did not arrive</source>
        <translation>對方送出但未抵達的封包</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接聽</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>已靜音</translation>
    </message>
    <message>
        <source>Sound</source>
        <comment>column: how good it sounds</comment>
        <translation>音質</translation>
    </message>
    <message>
        <source>via %1</source>
        <comment>an account</comment>
        <translation>經由 %1</translation>
    </message>
    <message>
        <source>they %1 %, we %2 %</source>
        <extracomment>how loud the two sides of a call are</extracomment>
        <translation>對方 %1 %，我方 %2 %</translation>
    </message>
    <message>
        <source>How loud it is: above what comes from them, below what goes to them</source>
        <translation>音量：上方為對方傳來的聲音，下方為傳給對方的聲音</translation>
    </message>
    <message>
        <source>Level</source>
        <comment>column: how loud each side is</comment>
        <translation>音量</translation>
    </message>
    <message>
        <source>Do</source>
        <comment>column: what can be done with the call</comment>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>hs::ui::CallController</name>
    <message>
        <source>Conference %1 goes on without you: its calls talk with each other. Take one of them to come back.</source>
        <translation>會議 %1 在您離開後繼續：其中的通話彼此交談。接手其中任一通即可回到會議。</translation>
    </message>
</context>
<context>
    <name>hs::ui::CallDetails</name>
    <message>
        <source>Digits sent: %1</source>
        <translation>已送出按鍵：%1</translation>
    </message>
    <message>
        <source>received: %1</source>
        <comment>digits</comment>
        <translation>收到：%1</translation>
    </message>
    <message>
        <source>the far end did not take the last one (%1)</source>
        <comment>digits</comment>
        <translation>對方未接受最後一個按鍵（%1）</translation>
    </message>
</context>
<context>
    <name>hs::ui::CallEvents</name>
    <message>
        <source>came in</source>
        <translation>來電</translation>
    </message>
    <message>
        <source>dialled</source>
        <translation>撥出</translation>
    </message>
    <message>
        <source>answered by %1</source>
        <translation>由%1接聽</translation>
    </message>
    <message>
        <source>they answered</source>
        <translation>對方已接聽</translation>
    </message>
    <message>
        <source>rings there</source>
        <translation>對方響鈴中</translation>
    </message>
    <message>
        <source>put on hold</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>taken off hold</source>
        <translation>已恢復通話</translation>
    </message>
    <message>
        <source>they put it on hold</source>
        <translation>對方保留通話</translation>
    </message>
    <message>
        <source>they took it off hold</source>
        <translation>對方恢復通話</translation>
    </message>
    <message>
        <source>%1 has it</source>
        <extracomment>%1 is who has the call now</extracomment>
        <translation>由%1處理</translation>
    </message>
    <message>
        <source>left the conference</source>
        <translation>已離開會議</translation>
    </message>
    <message>
        <source>digits sent: %1</source>
        <translation>已送出按鍵：%1</translation>
    </message>
    <message>
        <source>digits received: %1</source>
        <translation>收到按鍵：%1</translation>
    </message>
    <message>
        <source>the sound is well again</source>
        <translation>聲音已恢復正常</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>錄音中</translation>
    </message>
    <message>
        <source>recording stopped</source>
        <translation>錄音已停止</translation>
    </message>
</context>
<context>
    <name>hs::ui::CallWords</name>
    <message>
        <source>Ringing</source>
        <comment>an incoming call rings here</comment>
        <translation>響鈴中</translation>
    </message>
    <message>
        <source>Dialling</source>
        <translation>撥號中</translation>
    </message>
    <message>
        <source>Rings there</source>
        <comment>an outgoing call rings at the far end</comment>
        <translation>對方響鈴</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>通話中</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>保留中</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已結束</translation>
    </message>
    <message>
        <source>far end hung up</source>
        <translation>對方掛斷</translation>
    </message>
    <message>
        <source>you hung up</source>
        <translation>您已掛斷</translation>
    </message>
    <message>
        <source>machine hung up</source>
        <translation>系統掛斷</translation>
    </message>
    <message>
        <source>hung up by %1</source>
        <translation>由 %1 掛斷</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已結束</translation>
    </message>
    <message>
        <source>answered elsewhere</source>
        <translation>已由他處接聽</translation>
    </message>
    <message>
        <source>caller gave up</source>
        <translation>來電者放棄</translation>
    </message>
    <message>
        <source>declined by you</source>
        <translation>您已拒接</translation>
    </message>
    <message>
        <source>declined by %1</source>
        <translation>由 %1 拒接</translation>
    </message>
    <message>
        <source>nobody answered</source>
        <translation>無人接聽</translation>
    </message>
    <message>
        <source>with sound</source>
        <comment>an outgoing call that sends sound before it is answered</comment>
        <translation>有聲音</translation>
    </message>
    <message>
        <source>by both sides</source>
        <comment>held</comment>
        <translation>雙方保留</translation>
    </message>
    <message>
        <source>by the far end</source>
        <comment>held</comment>
        <translation>由對方保留</translation>
    </message>
    <message>
        <source>by us</source>
        <comment>held</comment>
        <translation>由我方保留</translation>
    </message>
    <message>
        <source>in</source>
        <comment>direction of a call</comment>
        <translation>來電</translation>
    </message>
    <message>
        <source>out</source>
        <comment>direction of a call</comment>
        <translation>去電</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>系統</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程式</translation>
    </message>
    <message>
        <source>Far end</source>
        <translation>對方</translation>
    </message>
    <message>
        <source>1 program listens</source>
        <translation>1 個程式聆聽中</translation>
    </message>
    <message numerus="yes">
        <source>%n programs listen</source>
        <translation>
            <numerusform>%n 個程式聆聽中</numerusform>
        </translation>
    </message>
    <message>
        <source>Unknown number</source>
        <translation>未知號碼</translation>
    </message>
    <message>
        <source>you gave up</source>
        <translation>您已放棄</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>未接聽</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>未接</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>incoming call</source>
        <translation>來電</translation>
    </message>
    <message>
        <source>outgoing call</source>
        <translation>去電</translation>
    </message>
    <message>
        <source>with: %1</source>
        <extracomment>%1 is who has the call: You, Machine, a program&apos;s address</extracomment>
        <translation>處理者：%1</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>錄音中</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>已靜音</translation>
    </message>
    <message>
        <source>transferred to %1</source>
        <extracomment>%1 is a number</extracomment>
        <translation>已轉接至 %1</translation>
    </message>
    <message>
        <source>transfer</source>
        <comment>kind of a call: made because the far end of another one asked for it</comment>
        <translation>轉接</translation>
    </message>
    <message>
        <source>the telephone there can&apos;t hand over its call; a pickup prefix may help (see the account)</source>
        <translation>對方的電話無法交出通話；設定代接前置碼可能有幫助（見帳號）</translation>
    </message>
    <message>
        <source>the telephone there can&apos;t take the place of another</source>
        <translation>對方的電話無法取代另一通電話</translation>
    </message>
    <message>
        <source>Conference %1</source>
        <translation>會議 %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::CellDelegate</name>
    <message>
        <source>Alt %1</source>
        <translation>Alt %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::ClientListModel</name>
    <message>
        <source>Pieces of sound that were not sent because the program does not read fast enough</source>
        <translation>因程式讀取過慢而未送出的語音片段</translation>
    </message>
    <message>
        <source>Program</source>
        <comment>column: a program&apos;s address</comment>
        <translation>程式位址</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>通訊協定</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <comment>column: what a program says that it is</comment>
        <translation>自稱</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>連線時間</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已傳送</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>已捨棄</translation>
    </message>
</context>
<context>
    <name>hs::ui::CodecMenu</name>
    <message>
        <source>Codec</source>
        <translation>編解碼器</translation>
    </message>
</context>
<context>
    <name>hs::ui::CodecOrder</name>
    <message>
        <source>An order of its own:</source>
        <translation>此帳號自訂順序：</translation>
    </message>
    <message>
        <source>Codecs</source>
        <translation>編解碼器</translation>
    </message>
    <message>
        <source>The first is used if the far end has it. Space leaves one out, Alt+Up and Alt+Down move it.</source>
        <translation>對方支援時使用第一個。空白鍵可略過一項，Alt+上與 Alt+下可移動。</translation>
    </message>
    <message>
        <source>Tick at least one codec, or leave the account without its own order.</source>
        <translation>請至少勾選一種編解碼器，或取消此帳號的自訂順序。</translation>
    </message>
</context>
<context>
    <name>hs::ui::ConsoleOptions</name>
    <message>
        <source>A call is still going on. Quit and end it?</source>
        <translation>仍有一通電話進行中。要結束程式並掛斷嗎？</translation>
    </message>
    <message numerus="yes">
        <source>%n calls are still going on. Quit and end them?</source>
        <translation>
            <numerusform>仍有 %n 通電話進行中。要結束程式並全部掛斷嗎？</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit Hookswitch</source>
        <translation>結束 Hookswitch</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>結束</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
</context>
<context>
    <name>hs::ui::Countries</name>
    <message>
        <source>Austria</source>
        <translation>奧地利</translation>
    </message>
    <message>
        <source>Australia</source>
        <translation>澳洲</translation>
    </message>
    <message>
        <source>Belgium</source>
        <translation>比利時</translation>
    </message>
    <message>
        <source>Brazil</source>
        <translation>巴西</translation>
    </message>
    <message>
        <source>Switzerland</source>
        <translation>瑞士</translation>
    </message>
    <message>
        <source>China</source>
        <translation>中國</translation>
    </message>
    <message>
        <source>Germany</source>
        <translation>德國</translation>
    </message>
    <message>
        <source>Spain</source>
        <translation>西班牙</translation>
    </message>
    <message>
        <source>France</source>
        <translation>法國</translation>
    </message>
    <message>
        <source>United Kingdom</source>
        <translation>英國</translation>
    </message>
    <message>
        <source>Hong Kong</source>
        <translation>香港</translation>
    </message>
    <message>
        <source>India</source>
        <translation>印度</translation>
    </message>
    <message>
        <source>Italy</source>
        <translation>義大利</translation>
    </message>
    <message>
        <source>Japan</source>
        <translation>日本</translation>
    </message>
    <message>
        <source>South Korea</source>
        <translation>南韓</translation>
    </message>
    <message>
        <source>Netherlands</source>
        <translation>荷蘭</translation>
    </message>
    <message>
        <source>New Zealand</source>
        <translation>紐西蘭</translation>
    </message>
    <message>
        <source>Sweden</source>
        <translation>瑞典</translation>
    </message>
    <message>
        <source>Taiwan</source>
        <translation>臺灣</translation>
    </message>
    <message>
        <source>United States</source>
        <translation>美國</translation>
    </message>
</context>
<context>
    <name>hs::ui::DetailsPanel</name>
    <message>
        <source>%1 in</source>
        <comment>of what we receive</comment>
        <extracomment>a figure of what we receive</extracomment>
        <translation>接收 %1</translation>
    </message>
    <message>
        <source>%1 out</source>
        <comment>of what they receive</comment>
        <translation>傳送 %1</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>sent %1</source>
        <comment>digits</comment>
        <translation>已送出 %1</translation>
    </message>
    <message>
        <source>the far end did not take the last one (%1)</source>
        <comment>digits</comment>
        <translation>對方未接受最後一個按鍵（%1）</translation>
    </message>
    <message>
        <source>received %1</source>
        <comment>digits</comment>
        <translation>收到 %1</translation>
    </message>
    <message>
        <source>%1 in this state</source>
        <translation>此狀態 %1</translation>
    </message>
    <message>
        <source>%1 since the answer</source>
        <translation>接聽後 %1</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>Details of the call</source>
        <translation>通話詳細資料</translation>
    </message>
    <message>
        <source>No call is chosen. The live session that you choose, or who waits longest, is shown here with all its figures.</source>
        <translation>尚未選取通話。這裡會顯示您選取的通話，或等候最久的來電，以及其所有數據。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>For</source>
        <translation>撥打號碼</translation>
    </message>
    <message>
        <source>Came by</source>
        <translation>經由</translation>
    </message>
    <message>
        <source>Has it</source>
        <translation>處理者</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>聆聽</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>編解碼器</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>遺失率</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>抖動</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返時間</translation>
    </message>
    <message>
        <source>MOS</source>
        <translation>MOS</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>錄音</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>按鍵</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音訊</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>位址</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>尚無人處理</translation>
    </message>
</context>
<context>
    <name>hs::ui::DeviceCombo</name>
    <message>
        <source>The system&apos;s default</source>
        <translation>系統預設裝置</translation>
    </message>
    <message>
        <source>%1 (not connected)</source>
        <translation>%1（未接上）</translation>
    </message>
</context>
<context>
    <name>hs::ui::DialPanel</name>
    <message>
        <source>Number or address</source>
        <translation>號碼或位址</translation>
    </message>
    <message>
        <source>Number or address to call</source>
        <translation>要撥打的號碼或位址</translation>
    </message>
    <message>
        <source>Redial</source>
        <translation>重撥</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>撥號</translation>
    </message>
    <message>
        <source>Redial %1</source>
        <translation>重撥 %1</translation>
    </message>
    <message>
        <source>SIP is down: no call is possible now</source>
        <translation>SIP 未運作：目前無法通話</translation>
    </message>
    <message>
        <source>Enter calls %1 again</source>
        <translation>按 Enter 重撥 %1</translation>
    </message>
    <message>
        <source>Type a number and press Enter</source>
        <translation>輸入號碼後按 Enter</translation>
    </message>
    <message>
        <source>Enter calls</source>
        <translation>按 Enter 撥號</translation>
    </message>
    <message>
        <source>Account to call by</source>
        <translation>撥號使用的帳號</translation>
    </message>
    <message>
        <source>No SIP server and no account is set: only full addresses such as sip:name@host can be called.</source>
        <translation>尚未設定 SIP 伺服器與帳號：只能撥打完整位址，例如 sip:name@host。</translation>
    </message>
</context>
<context>
    <name>hs::ui::DigitPad</name>
    <message>
        <source>Digits to %1</source>
        <translation>送按鍵給 %1</translation>
    </message>
    <message>
        <source>Digits sent: %1</source>
        <translation>已送出按鍵：%1</translation>
    </message>
    <message>
        <source>Type, or click</source>
        <translation>可輸入或點選</translation>
    </message>
    <message>
        <source>received: %1</source>
        <comment>digits</comment>
        <translation>收到：%1</translation>
    </message>
</context>
<context>
    <name>hs::ui::Formatting</name>
    <message>
        <source>1 hour</source>
        <translation>1 小時</translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>%n 小時</numerusform>
        </translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 分鐘</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n 分鐘</numerusform>
        </translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 秒</translation>
    </message>
    <message numerus="yes">
        <source>%n seconds</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <extracomment>A share in per cent, with a blank before the sign where the language has one.</extracomment>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>hs::ui::HeadsetCard</name>
    <message>
        <source>You</source>
        <comment>whose sound level it is</comment>
        <translation>您</translation>
    </message>
    <message>
        <source>They</source>
        <comment>whose sound level it is</comment>
        <translation>對方</translation>
    </message>
    <message>
        <source>Your headset</source>
        <translation>您的耳機</translation>
    </message>
    <message>
        <source>Sound level of your microphone</source>
        <translation>您的麥克風音量</translation>
    </message>
    <message>
        <source>Sound level of the far end</source>
        <translation>對方的音量</translation>
    </message>
    <message>
        <source>Nobody hears you</source>
        <translation>沒有人聽得到您</translation>
    </message>
    <message>
        <source>Answer, call or take</source>
        <translation>請接聽、撥號或接手</translation>
    </message>
    <message>
        <source>microphone muted</source>
        <translation>麥克風已靜音</translation>
    </message>
    <message numerus="yes">
        <source>%n calls</source>
        <translation>
            <numerusform>%n 通電話</numerusform>
        </translation>
    </message>
    <message>
        <source>Only one call, or one conference, is on your headset at a time.</source>
        <translation>您的耳機一次只接一通通話或一個會議。</translation>
    </message>
    <message>
        <source>Volume of your voice</source>
        <translation>您說話的音量</translation>
    </message>
    <message>
        <source>Volume of what you hear</source>
        <translation>您聽到的音量</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>聲音</translation>
    </message>
    <message>
        <source>Choose and try microphone, speaker and ring</source>
        <translation>選擇並試用麥克風、揚聲器與鈴聲</translation>
    </message>
    <message>
        <source>1 call</source>
        <translation>1 通電話</translation>
    </message>
</context>
<context>
    <name>hs::ui::HearingWords</name>
    <message>
        <source>Nobody has answered yet.</source>
        <translation>尚無人接聽。</translation>
    </message>
    <message>
        <source>They have not answered yet.</source>
        <translation>對方尚未接聽。</translation>
    </message>
    <message>
        <source>They have not answered yet. You hear what is played there.</source>
        <translation>對方尚未接聽。您聽到的是對方端播放的聲音。</translation>
    </message>
    <message>
        <source>They have not answered yet. Something is played there.</source>
        <translation>對方尚未接聽。對方端正在播放聲音。</translation>
    </message>
    <message>
        <source>On hold: they hear the hold music. You do not hear each other.</source>
        <translation>保留中：對方聽到保留音樂，雙方互相聽不到。</translation>
    </message>
    <message>
        <source>They have put the call on hold. You do not hear each other.</source>
        <translation>對方已保留通話，雙方互相聽不到。</translation>
    </message>
    <message>
        <source>The call is over: %1.</source>
        <translation>通話已結束：%1。</translation>
    </message>
    <message>
        <source>you</source>
        <comment>they hear</comment>
        <translation>您</translation>
    </message>
    <message>
        <source>the machine</source>
        <comment>they hear</comment>
        <translation>自動應答</translation>
    </message>
    <message>
        <source>They do not hear you: your microphone is muted.</source>
        <translation>對方聽不到您：您的麥克風已靜音。</translation>
    </message>
    <message>
        <source>They hear nothing: they report that nothing of it arrives.</source>
        <translation>對方什麼都聽不到：對方回報沒有收到任何聲音。</translation>
    </message>
    <message>
        <source>They do not hear you: your microphone gives no sound.</source>
        <translation>對方聽不到您：您的麥克風沒有聲音。</translation>
    </message>
    <message>
        <source>They do not hear you: your headset is not on this call.</source>
        <translation>對方聽不到您：您的耳機不在這通通話上。</translation>
    </message>
    <message>
        <source>They hear silence.</source>
        <translation>對方聽到的是靜音。</translation>
    </message>
    <message>
        <source>%1 can be heard, as far as is known: they do not report what arrives.</source>
        <extracomment>%1 is you, the machine or a program</extracomment>
        <translation>就目前所知可聽到%1：對方未回報收到的內容。</translation>
    </message>
    <message>
        <source>You</source>
        <comment>can be heard</comment>
        <translation>您</translation>
    </message>
    <message>
        <source>They hear %1.</source>
        <extracomment>%1 is you, the machine or a program</extracomment>
        <translation>對方聽得到%1。</translation>
    </message>
    <message>
        <source>Nothing comes from them.</source>
        <translation>對方沒有傳來任何聲音。</translation>
    </message>
    <message>
        <source>Only silence comes from them.</source>
        <translation>對方只傳來靜音。</translation>
    </message>
    <message>
        <source>You hear them.</source>
        <translation>您聽得到對方。</translation>
    </message>
    <message>
        <source>%1 hears them.</source>
        <extracomment>%1 is a program</extracomment>
        <translation>%1聽得到對方。</translation>
    </message>
    <message>
        <source>They are recorded; nobody listens.</source>
        <translation>正在錄音；無人聆聽。</translation>
    </message>
    <message>
        <source>Nobody listens.</source>
        <translation>無人聆聽。</translation>
    </message>
    <message>
        <source>You do not hear them.</source>
        <translation>您聽不到對方。</translation>
    </message>
</context>
<context>
    <name>hs::ui::JoinActions</name>
    <message>
        <source>Join</source>
        <translation>併入會議</translation>
    </message>
    <message>
        <source>Split off</source>
        <translation>移出會議</translation>
    </message>
    <message>
        <source>Take the conference apart</source>
        <translation>拆散會議</translation>
    </message>
    <message>
        <source>Hang up the conference</source>
        <translation>掛斷整個會議</translation>
    </message>
    <message>
        <source>There is no other answered call to join it with.</source>
        <translation>沒有其他已接通的通話可與它併成會議。</translation>
    </message>
    <message>
        <source>Select two calls or more: with Ctrl and a click, or Shift and an arrow key.</source>
        <translation>請選取兩通以上的通話：按住 Ctrl 點選，或按 Shift 加方向鍵。</translation>
    </message>
    <message>
        <source>Join %1 with %2: all hear each other</source>
        <translation>將 %1 與 %2 併成會議：所有人互相聽得到</translation>
    </message>
    <message>
        <source>Only calls that are answered can be joined.</source>
        <translation>只有已接通的通話才能併入會議。</translation>
    </message>
    <message>
        <source>These calls are joined already.</source>
        <translation>這些通話已在同一個會議中。</translation>
    </message>
    <message>
        <source>Join the selected calls: all hear each other</source>
        <translation>將選取的通話併成會議：所有人互相聽得到</translation>
    </message>
    <message>
        <source>The selected call is in no conference.</source>
        <translation>選取的通話不在任何會議中。</translation>
    </message>
    <message>
        <source>The selected call leaves its conference and is put on hold; the others go on.</source>
        <translation>選取的通話離開會議並轉為保留；其他人繼續。</translation>
    </message>
    <message>
        <source>All calls of the conference are put on hold, each by itself.</source>
        <translation>會議中的所有通話各自轉為保留。</translation>
    </message>
    <message>
        <source>Ends all calls of the conference.</source>
        <translation>結束會議中的所有通話。</translation>
    </message>
    <message>
        <source>&amp;All of them</source>
        <translation>全部(&amp;A)</translation>
    </message>
    <message>
        <source>Join %1 with another call: asks with which</source>
        <translation>將 %1 與另一通通話併成會議：會詢問要與哪一通</translation>
    </message>
</context>
<context>
    <name>hs::ui::KeypadButton</name>
    <message>
        <source>star key</source>
        <translation>米字鍵</translation>
    </message>
    <message>
        <source>hash key</source>
        <translation>井字鍵</translation>
    </message>
</context>
<context>
    <name>hs::ui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>按鍵說明</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>數字鍵</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Call; in an empty dial field: call the last number again</source>
        <translation>撥號；撥號欄空白時重撥上一個號碼</translation>
    </message>
    <message>
        <source>Answer the selected call, or whoever waits longest</source>
        <translation>接聽選取的來電，或等候最久的來電</translation>
    </message>
    <message>
        <source>Hang up, or decline what rings</source>
        <translation>掛斷，或拒接響鈴中的來電</translation>
    </message>
    <message>
        <source>Hold, and go on</source>
        <translation>保留，以及恢復通話</translation>
    </message>
    <message>
        <source>Take the selected call to your headset</source>
        <translation>將選取的通話接到您的耳機</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Mute your microphone, and speak again</source>
        <translation>將麥克風靜音，以及恢復發話</translation>
    </message>
    <message>
        <source>Alt+1 to Alt+9</source>
        <translation>Alt+1 至 Alt+9</translation>
    </message>
    <message>
        <source>Select a live session</source>
        <translation>選取進行中的通話</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>Dial field</source>
        <translation>撥號欄</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Search in the list below</source>
        <translation>搜尋下方清單</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Ctrl+C</translation>
    </message>
    <message>
        <source>Copy the number of the selected row</source>
        <translation>複製選取列的號碼</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Empty a field or drop the selection; never hangs up</source>
        <translation>清空欄位或取消選取；絕不會掛斷電話</translation>
    </message>
    <message>
        <source>Go to the dial field, from any list; with the row of a call selected in the live sessions: are sent to that call</source>
        <translation>從任何清單進入撥號欄；在進行中的通話選取一列時：送給該通話</translation>
    </message>
    <message>
        <source>Transfer the selected call</source>
        <translation>轉接選取的通話</translation>
    </message>
    <message>
        <source>Keypad for digits to the selected call</source>
        <translation>向選取的通話送按鍵的鍵盤</translation>
    </message>
    <message>
        <source>Pick up what rings at another extension</source>
        <translation>代接其他分機的來電</translation>
    </message>
    <message>
        <source>Ctrl+1 to Ctrl+4</source>
        <translation>Ctrl+1 到 Ctrl+4</translation>
    </message>
    <message>
        <source>Call log, recordings, programs, messages</source>
        <translation>通話紀錄、錄音、程式、訊息</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>Extensions</source>
        <translation>分機</translation>
    </message>
    <message>
        <source>Ctrl+Shift+V</source>
        <translation>Ctrl+Shift+V</translation>
    </message>
    <message>
        <source>Listen to voice messages</source>
        <translation>收聽語音留言</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>帳號</translation>
    </message>
    <message>
        <source>Join the selected calls, or the selected one with yours</source>
        <translation>將選取的通話併成會議，或將選取的一通併入您的通話</translation>
    </message>
    <message>
        <source>Shift+F8</source>
        <translation>Shift+F8</translation>
    </message>
    <message>
        <source>Split the selected call off its conference</source>
        <translation>將選取的通話移出會議</translation>
    </message>
    <message>
        <source>Ctrl+Space</source>
        <translation>Ctrl+空白鍵</translation>
    </message>
    <message>
        <source>Select one more live session; Shift and the arrow keys do as well</source>
        <translation>再選取一通進行中的通話；也可用 Shift 加方向鍵</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Microphone, speaker and ring; sound check</source>
        <translation>麥克風、揚聲器與鈴聲；聲音測試</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Ctrl+J</translation>
    </message>
    <message>
        <source>Compact window on top of others, and back</source>
        <translation>切換為置頂的精簡視窗，或切換回來</translation>
    </message>
</context>
<context>
    <name>hs::ui::LampListModel</name>
    <message>
        <source>via %1</source>
        <comment>an account</comment>
        <translation>經由 %1</translation>
    </message>
</context>
<context>
    <name>hs::ui::LampsPanel</name>
    <message>
        <source>Pick up</source>
        <translation>代接</translation>
    </message>
    <message>
        <source>Answer here what rings at the selected extension, or at the first that rings</source>
        <translation>在此接聽選取分機的來電，或第一個響鈴的分機</translation>
    </message>
    <message>
        <source>Extensions</source>
        <translation>分機</translation>
    </message>
</context>
<context>
    <name>hs::ui::LevelBar</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>hs::ui::LogCells</name>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Kind</source>
        <comment>column: in, out, missed, failed</comment>
        <translation>類型</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>對象</translation>
    </message>
    <message>
        <source>By</source>
        <comment>column: who answered or had the call</comment>
        <translation>經手者</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>時長</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>結束方式</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>錄音</translation>
    </message>
    <message>
        <source>rang %1</source>
        <extracomment>how long an unanswered call rang</extracomment>
        <translation>響鈴 %1</translation>
    </message>
    <message>
        <source>play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>已錄音</translation>
    </message>
    <message>
        <source>missed call: %1</source>
        <translation>未接來電：%1</translation>
    </message>
    <message>
        <source>cut off by a crash</source>
        <translation>因程式異常而中斷</translation>
    </message>
    <message>
        <source>still going on</source>
        <translation>仍在進行</translation>
    </message>
    <message>
        <source>For</source>
        <comment>column: the number that was called</comment>
        <translation>撥入號碼</translation>
    </message>
    <message>
        <source>Account</source>
        <comment>column</comment>
        <translation>帳號</translation>
    </message>
</context>
<context>
    <name>hs::ui::LogPanel</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未接</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>有錄音</translation>
    </message>
    <message>
        <source>Take the number of missed calls off the tab. The calls stay listed.</source>
        <translation>移除分頁上的未接來電數字。通話仍會列在清單中。</translation>
    </message>
    <message>
        <source>Mark as seen</source>
        <translation>標示為已讀</translation>
    </message>
    <message>
        <source>Call log</source>
        <translation>通話紀錄</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回撥</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>複製號碼</translation>
    </message>
    <message>
        <source>Play recording</source>
        <translation>播放錄音</translation>
    </message>
    <message>
        <source>1 call</source>
        <translation>1 通電話</translation>
    </message>
    <message numerus="yes">
        <source>%n calls</source>
        <translation>
            <numerusform>%n 通電話</numerusform>
        </translation>
    </message>
    <message>
        <source>more than %1</source>
        <extracomment>%1 is &quot;200 calls&quot;: there are more than those</extracomment>
        <translation>超過 %1</translation>
    </message>
    <message>
        <source>Missed %1</source>
        <translation>未接 %1</translation>
    </message>
    <message>
        <source>No call fits the filter</source>
        <translation>沒有符合條件的通話</translation>
    </message>
    <message>
        <source>Press Esc in the search field to see all calls.</source>
        <translation>在搜尋欄按 Esc 可顯示所有通話。</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>尚無通話</translation>
    </message>
    <message>
        <source>Every call will be listed here, newest first.</source>
        <translation>每通電話都會列在這裡，最新的在最上面。</translation>
    </message>
    <message>
        <source>Search number, name or account</source>
        <translation>搜尋號碼、姓名或帳號</translation>
    </message>
</context>
<context>
    <name>hs::ui::MainMenu</name>
    <message>
        <source>&amp;Call</source>
        <translation>通話(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Dial field</source>
        <translation>撥號欄(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>結束(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>檢視(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>搜尋(&amp;S)</translation>
    </message>
    <message>
        <source>Call &amp;log</source>
        <translation>通話紀錄(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Recordings</source>
        <translation>錄音(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>程式(&amp;P)</translation>
    </message>
    <message>
        <source>Open &amp;folder of the recordings</source>
        <translation>開啟錄音資料夾(&amp;F)</translation>
    </message>
    <message>
        <source>Reset la&amp;yout</source>
        <translation>還原版面配置(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>佈景主題(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>依照系統(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>淺色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>說明(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>按鍵說明(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Hookswitch</source>
        <translation>關於 Hookswitch(&amp;A)</translation>
    </message>
    <message>
        <source>About Hookswitch</source>
        <translation>關於 Hookswitch</translation>
    </message>
    <message>
        <source>Hookswitch %1

Operator softphone console and SIP relay for programs.
Licence: Apache-2.0</source>
        <translation>Hookswitch %1

總機人員的軟體電話主控台，以及供程式使用的 SIP 中繼。
授權條款：Apache-2.0</translation>
    </message>
    <message>
        <source>&amp;Voice mail</source>
        <translation>語音信箱(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Accounts...</source>
        <translation>帳號(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Messages</source>
        <translation>訊息(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Extensions</source>
        <translation>分機(&amp;E)</translation>
    </message>
    <message>
        <source>S&amp;ound...</source>
        <translation>聲音(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Compact window</source>
        <translation>精簡視窗(&amp;C)</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>顯示(&amp;W)</translation>
    </message>
</context>
<context>
    <name>hs::ui::MainWindow</name>
    <message>
        <source>Call log</source>
        <translation>通話紀錄</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>錄音</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>程式</translation>
    </message>
    <message>
        <source>%1 rings — Hookswitch</source>
        <translation>%1 來電中 — Hookswitch</translation>
    </message>
    <message>
        <source>Hookswitch</source>
        <translation>Hookswitch</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>訊息</translation>
    </message>
    <message>
        <source>Call log (%1 missed)</source>
        <extracomment>%1 is how many calls were missed</extracomment>
        <translation>通話紀錄（%1 通未接）</translation>
    </message>
    <message>
        <source>Programs (%1)</source>
        <translation>程式 (%1)</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>撥號</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>通話</translation>
    </message>
</context>
<context>
    <name>hs::ui::MediaWords</name>
    <message>
        <source>Stays on hold: the far end does not come back (%1)</source>
        <extracomment>%1 is a SIP status, like &quot;488 Not Acceptable Here&quot;</extracomment>
        <translation>仍在保留中：無法與對方恢復通話（%1）</translation>
    </message>
    <message>
        <source>You hear nothing since %1: audio comes from %2, which the far end has not named (NAT?)</source>
        <extracomment>%1 is a time of day, %2 an IP address</extracomment>
        <translation>您自 %1 起聽不到對方：聲音來自 %2，但對方並未告知此位址（NAT？）</translation>
    </message>
    <message>
        <source>You hear nothing: no audio since %1 (NAT or firewall?)</source>
        <translation>您聽不到對方：自 %1 起沒有聲音（NAT 或防火牆？）</translation>
    </message>
    <message>
        <source>You hear nothing: no audio from %1 since %2 (NAT or firewall?)</source>
        <extracomment>%1 is an IP address, %2 a time of day</extracomment>
        <translation>您聽不到對方：自 %2 起沒有來自 %1 的聲音（NAT 或防火牆？）</translation>
    </message>
    <message>
        <source>They hear nothing of you: your microphone is muted</source>
        <translation>對方聽不到您：您的麥克風已靜音</translation>
    </message>
    <message>
        <source>They may hear nothing of you: their reports have not named your audio since %1</source>
        <translation>對方可能聽不到您：自 %1 起對方的報告未提到您的聲音</translation>
    </message>
    <message>
        <source>They may hear nothing since %1</source>
        <translation>對方自 %1 起可能聽不到您</translation>
    </message>
    <message>
        <source>They hear nothing of you since %1</source>
        <translation>對方自 %1 起聽不到您</translation>
    </message>
    <message>
        <source>Only silence arrives since %1 (is the far end muted?)</source>
        <translation>自 %1 起只收到靜音（對方是否按了靜音？）</translation>
    </message>
    <message>
        <source>They hear nothing of you: your microphone gives no sound</source>
        <translation>對方聽不到您：您的麥克風沒有聲音</translation>
    </message>
    <message>
        <source>excellent</source>
        <comment>quality of sound</comment>
        <translation>極佳</translation>
    </message>
    <message>
        <source>good</source>
        <comment>quality of sound</comment>
        <translation>良好</translation>
    </message>
    <message>
        <source>fair</source>
        <comment>quality of sound</comment>
        <translation>普通</translation>
    </message>
    <message>
        <source>poor</source>
        <comment>quality of sound</comment>
        <translation>不佳</translation>
    </message>
    <message>
        <source>bad</source>
        <comment>quality of sound</comment>
        <translation>很差</translation>
    </message>
    <message>
        <source>quality: %1 %2</source>
        <extracomment>%1 is a word such as &quot;good&quot;, %2 the mean opinion score, such as 4.1</extracomment>
        <translation>音質：%1 %2</translation>
    </message>
    <message>
        <source>they hear: %1 %2</source>
        <comment>quality</comment>
        <translation>對方聽到：%1 %2</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>遺失 %1</translation>
    </message>
    <message>
        <source>jitter %1 ms</source>
        <translation>抖動 %1 毫秒</translation>
    </message>
    <message>
        <source>their loss %1</source>
        <translation>對方遺失 %1</translation>
    </message>
    <message>
        <source>round trip %1 ms</source>
        <translation>往返 %1 毫秒</translation>
    </message>
    <message>
        <source>You hear nothing since %1</source>
        <translation>自 %1 起您聽不到對方</translation>
    </message>
    <message>
        <source>They hear nothing: muted</source>
        <translation>對方聽不到：已靜音</translation>
    </message>
    <message>
        <source>They hear nothing since %1</source>
        <translation>自 %1 起對方聽不到您</translation>
    </message>
    <message>
        <source>Only silence since %1</source>
        <translation>自 %1 起只有靜音</translation>
    </message>
    <message>
        <source>Your microphone gives no sound</source>
        <translation>您的麥克風沒有聲音</translation>
    </message>
    <message>
        <source>Stays on hold</source>
        <translation>仍在保留中</translation>
    </message>
    <message>
        <source>the far end did not take the codec that you chose (%1)</source>
        <extracomment>%1 is a SIP status, like &quot;488 Not Acceptable Here&quot;</extracomment>
        <translation>對方未採用您選擇的編解碼器（%1）</translation>
    </message>
</context>
<context>
    <name>hs::ui::MessageListModel</name>
    <message>
        <source>Unknown sender</source>
        <translation>未知的寄件者</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>From</source>
        <comment>column: who sent a text</comment>
        <translation>寄件者</translation>
    </message>
    <message>
        <source>For</source>
        <comment>column: the account that a text came to</comment>
        <translation>帳號</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>內容</translation>
    </message>
</context>
<context>
    <name>hs::ui::MessagesPanel</name>
    <message>
        <source>Messages</source>
        <translation>訊息</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>尚無訊息</translation>
    </message>
    <message>
        <source>Texts that are sent to you are listed here.</source>
        <translation>傳給您的文字訊息會列在這裡。</translation>
    </message>
    <message>
        <source>Text of the selected message</source>
        <translation>選取訊息的內容</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回撥</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>複製訊息</translation>
    </message>
    <message>
        <source>Copy sender</source>
        <translation>複製寄件者</translation>
    </message>
</context>
<context>
    <name>hs::ui::NoticeWords</name>
    <message>
        <source>%1.</source>
        <comment>a sentence</comment>
        <extracomment>%1 is what is the matter, %2 the system&apos;s reason or who holds the thing</extracomment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>The SIP port %1 is taken</source>
        <translation>SIP 連接埠 %1 已被占用</translation>
    </message>
    <message>
        <source>The WebSocket port %1 cannot be used</source>
        <translation>無法使用 WebSocket 連接埠 %1</translation>
    </message>
    <message>
        <source>The call log %1 is in use</source>
        <translation>通話紀錄 %1 正由其他程式使用</translation>
    </message>
    <message>
        <source>The call log %1 cannot be used</source>
        <translation>無法使用通話紀錄 %1</translation>
    </message>
    <message>
        <source>Recording to %1 failed</source>
        <translation>無法錄音至 %1</translation>
    </message>
    <message>
        <source>The greeting %1 cannot be played</source>
        <translation>無法播放問候語 %1</translation>
    </message>
    <message>
        <source>The log file %1 cannot be written</source>
        <translation>無法寫入記錄檔 %1</translation>
    </message>
    <message>
        <source>No call can be made or received here. End the program that has the port, and this console goes on by itself; or choose another port: sip_port in the configuration file, or --sip-port.</source>
        <translation>目前無法在此撥打或接聽電話。請結束占用該連接埠的程式，主控台便會自動恢復；或改用其他連接埠：設定檔中的 sip_port，或 --sip-port。</translation>
    </message>
    <message>
        <source>Another Hookswitch takes the calls, and this console stands beside it. End the other one, and this one goes on by itself; or give this one a log of its own: db in the configuration file, or --db.</source>
        <translation>另一個 Hookswitch 正在處理通話，此主控台僅在旁待命。請結束另一個程式，此主控台便會自動接續；或為此主控台指定專用的通話紀錄：設定檔中的 db，或 --db。</translation>
    </message>
    <message>
        <source>Calls work, but none is written to the log. Repair or move the file, or name another one: db in the configuration file, or --db.</source>
        <translation>通話正常，但不會寫入通話紀錄。請修復或移走該檔案，或指定其他檔案：設定檔中的 db，或 --db。</translation>
    </message>
    <message>
        <source>Calls go on without being recorded. Look for room and permission in the folder, or name another one: recordings in the configuration file, or --recordings.</source>
        <translation>通話照常進行，但不會錄音。請檢查資料夾的剩餘空間與權限，或指定其他資料夾：設定檔中的 recordings，或 --recordings。</translation>
    </message>
    <message>
        <source>Callers hear silence instead. Name a sound file that can be read, or none: greeting in the configuration file, or --greeting.</source>
        <translation>來電者將只聽到靜音。請指定可讀取的音訊檔，或設為 none：設定檔中的 greeting，或 --greeting。</translation>
    </message>
    <message>
        <source>Everything else works. Look for room and permission, or name another file: log_file in the configuration file, or --log-file.</source>
        <translation>其他功能正常。請檢查剩餘空間與權限，或指定其他檔案：設定檔中的 log_file，或 --log-file。</translation>
    </message>
    <message>
        <source>There is no headset to hear and speak with.</source>
        <translation>沒有可供聆聽與發話的耳機。</translation>
    </message>
    <message>
        <source>Calls work, but no program can connect. Once the cause is gone this console goes on by itself; or choose another port: ws_listen in the configuration file, or --ws-listen.</source>
        <translation>通話正常，但程式無法連線。原因排除後，主控台便會自動恢復；或改用其他連接埠：設定檔中的 ws_listen，或 --ws-listen。</translation>
    </message>
    <message>
        <source>Choose another sound file, or the built-in one, in the Sound window.</source>
        <translation>請在音效視窗中選擇其他音檔或內建鈴聲。</translation>
    </message>
    <message>
        <source>Calls go on, but you cannot hear or speak. As soon as there is a headset and sound works, it is used.</source>
        <translation>通話照常進行，但您無法聆聽或發話。耳機接上且音效恢復後，便會立即使用。</translation>
    </message>
    <message>
        <source>The hold music %1 cannot be played</source>
        <translation>無法播放保留音樂 %1</translation>
    </message>
    <message>
        <source>Callers on hold hear the built-in music instead. Name a sound file of at most five minutes that can be read, or none: hold_music in the configuration file, or --hold-music.</source>
        <translation>保留中的對方改聽內建音樂。請指定一個可讀取、最長五分鐘的音檔，或 none：設定檔中的 hold_music，或 --hold-music。</translation>
    </message>
</context>
<context>
    <name>hs::ui::Panes</name>
    <message>
        <source>Lists</source>
        <translation>清單</translation>
    </message>
</context>
<context>
    <name>hs::ui::PlayerBar</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Place in the recording</source>
        <translation>錄音播放位置</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>place and length of a recording</comment>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>hs::ui::ProgramsPanel</name>
    <message>
        <source>Disconnect</source>
        <translation>中斷連線</translation>
    </message>
    <message>
        <source>Disconnect the selected program</source>
        <translation>中斷選取程式的連線</translation>
    </message>
    <message>
        <source>Connected programs</source>
        <translation>已連線的程式</translation>
    </message>
    <message>
        <source>Programs connect to %1</source>
        <translation>程式連線位址：%1</translation>
    </message>
    <message>
        <source>Programs cannot connect: no WebSocket address is open.</source>
        <translation>程式無法連線：沒有開放的 WebSocket 位址。</translation>
    </message>
    <message>
        <source>No program is connected</source>
        <translation>沒有程式連線</translation>
    </message>
    <message>
        <source>Voice bots, dashboards and scripts connect to %1.</source>
        <translation>語音機器人、儀表板與指令稿可連線至 %1。</translation>
    </message>
</context>
<context>
    <name>hs::ui::RecordingListModel</name>
    <message>
        <source>playing, %1</source>
        <translation>播放中，%1</translation>
    </message>
    <message>
        <source>file is gone</source>
        <translation>檔案已不存在</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>類型</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>對象</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>時長</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>File</source>
        <translation>檔案</translation>
    </message>
</context>
<context>
    <name>hs::ui::RecordingsPanel</name>
    <message>
        <source>Search number or name</source>
        <translation>搜尋號碼或姓名</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>開啟資料夾</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>錄音</translation>
    </message>
    <message>
        <source>1 recording</source>
        <translation>1 個錄音</translation>
    </message>
    <message numerus="yes">
        <source>%n recordings</source>
        <translation>
            <numerusform>%n 個錄音</numerusform>
        </translation>
    </message>
    <message>
        <source>No recordings yet</source>
        <translation>尚無錄音</translation>
    </message>
    <message>
        <source>They appear here when a recorded call has ended.</source>
        <translation>有錄音的通話結束後會顯示在這裡。</translation>
    </message>
    <message>
        <source>No recording fits the filter</source>
        <translation>沒有符合條件的錄音</translation>
    </message>
    <message>
        <source>Press Esc in the search field to see all recordings.</source>
        <translation>在搜尋欄按 Esc 可顯示所有錄音。</translation>
    </message>
</context>
<context>
    <name>hs::ui::RingDevices</name>
    <message>
        <source>The system&apos;s default</source>
        <translation>系統預設裝置</translation>
    </message>
    <message>
        <source>%1 (not connected)</source>
        <translation>%1（未接上）</translation>
    </message>
    <message numerus="yes">
        <source>Calls ring on %n devices at most: untick another one first.</source>
        <translation>
            <numerusform>來電最多在 %n 個裝置上響鈴：請先取消勾選另一個。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hs::ui::RowOrders</name>
    <message>
        <source>Answer</source>
        <translation>接聽</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢復</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>轉接</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>掛斷</translation>
    </message>
</context>
<context>
    <name>hs::ui::SearchField</name>
    <message>
        <source>%1 (Ctrl+F)</source>
        <translation>%1 (Ctrl+F)</translation>
    </message>
</context>
<context>
    <name>hs::ui::SessionsView</name>
    <message>
        <source>Live sessions</source>
        <translation>進行中的通話</translation>
    </message>
    <message>
        <source>No calls now</source>
        <translation>目前沒有通話</translation>
    </message>
    <message>
        <source>SIP is down: no call can be made or received.</source>
        <translation>SIP 未運作：無法撥打或接聽電話。</translation>
    </message>
    <message>
        <source>no program connected</source>
        <translation>沒有程式連線</translation>
    </message>
    <message>
        <source>1 program connected</source>
        <translation>1 個程式連線中</translation>
    </message>
    <message numerus="yes">
        <source>%n programs connected</source>
        <translation>
            <numerusform>%n 個程式連線中</numerusform>
        </translation>
    </message>
    <message>
        <source>1 call</source>
        <translation>1 通電話</translation>
    </message>
    <message numerus="yes">
        <source>%n calls</source>
        <translation>
            <numerusform>%n 通電話</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ringing</source>
        <translation>
            <numerusform>%n 通響鈴中</numerusform>
        </translation>
    </message>
    <message>
        <source>longest wait %1</source>
        <translation>最久已等候 %1</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>複製號碼</translation>
    </message>
    <message>
        <source>Type a number and press Enter to call. You can be called at %1.</source>
        <translation>輸入號碼後按 Enter 即可撥號。別人可撥 %1 找到您。</translation>
    </message>
</context>
<context>
    <name>hs::ui::SoundDesk</name>
    <message>
        <source>The sound settings are in force, but they could not be kept in %1.</source>
        <translation>聲音設定已生效，但無法儲存到 %1。</translation>
    </message>
</context>
<context>
    <name>hs::ui::SoundDialog</name>
    <message>
        <source>Sound</source>
        <translation>聲音</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>You speak</source>
        <translation>您說話</translation>
    </message>
    <message>
        <source>&amp;Microphone</source>
        <translation>麥克風(&amp;M)</translation>
    </message>
    <message>
        <source>V&amp;olume of your voice</source>
        <translation>您說話的音量(&amp;O)</translation>
    </message>
    <message>
        <source>Sound level of your microphone</source>
        <translation>您的麥克風音量</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>You hear</source>
        <translation>您聽到</translation>
    </message>
    <message>
        <source>&amp;Speaker</source>
        <translation>揚聲器(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Volume</source>
        <translation>音量(&amp;V)</translation>
    </message>
    <message>
        <source>Sound check</source>
        <translation>聲音測試</translation>
    </message>
    <message>
        <source>&amp;Record and hear yourself</source>
        <translation>錄音並聽聽自己的聲音(&amp;R)</translation>
    </message>
    <message>
        <source>Calls ring</source>
        <translation>來電響鈴</translation>
    </message>
    <message>
        <source>Devices on which calls ring</source>
        <translation>來電響鈴的裝置</translation>
    </message>
    <message>
        <source>R&amp;ing on</source>
        <translation>響鈴裝置(&amp;I)</translation>
    </message>
    <message>
        <source>Volume of the rin&amp;g</source>
        <translation>鈴聲音量(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Try</source>
        <translation>試聽(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Choose...</source>
        <translation>選擇(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;Built-in</source>
        <translation>內建(&amp;B)</translation>
    </message>
    <message>
        <source>Ring sound</source>
        <translation>鈴聲</translation>
    </message>
    <message>
        <source>Your voice</source>
        <translation>您的聲音</translation>
    </message>
    <message>
        <source>Cancel &amp;echo</source>
        <translation>消除回音(&amp;E)</translation>
    </message>
    <message>
        <source>Takes what your speaker says out of what your microphone hears.</source>
        <translation>從麥克風收到的聲音中去除揚聲器播放的聲音。</translation>
    </message>
    <message>
        <source>Reduce &amp;noise</source>
        <translation>降低雜音(&amp;N)</translation>
    </message>
    <message>
        <source>Fans, traffic and hiss are heard less.</source>
        <translation>風扇、車流與嘶聲會變小。</translation>
    </message>
    <message>
        <source>Even out &amp;loudness</source>
        <translation>自動調整音量(&amp;L)</translation>
    </message>
    <message>
        <source>A quiet voice is made louder, a loud one is not cut off.</source>
        <translation>小聲會放大，大聲不會破音。</translation>
    </message>
    <message>
        <source>Tones</source>
        <translation>提示音</translation>
    </message>
    <message>
        <source>Soft tone when another call &amp;waits</source>
        <translation>有其他來電等待時發出輕柔提示音(&amp;W)</translation>
    </message>
    <message>
        <source>In the middle of a call no other call rings aloud.</source>
        <translation>通話中其他來電不會大聲響鈴。</translation>
    </message>
    <message>
        <source>As the system (%1)</source>
        <translation>依系統設定（%1）</translation>
    </message>
    <message>
        <source>Tones &amp;as in</source>
        <translation>提示音國家(&amp;A)</translation>
    </message>
    <message>
        <source>Built-in</source>
        <comment>ring sound</comment>
        <translation>內建</translation>
    </message>
    <message>
        <source>None is there.</source>
        <translation>沒有裝置。</translation>
    </message>
    <message>
        <source>In use: %1</source>
        <translation>使用中：%1</translation>
    </message>
    <message>
        <source>Sound files (*.wav *.flac *.ogg *.opus *.mp3 *.aiff *.au);;All files (*)</source>
        <translation>聲音檔 (*.wav *.flac *.ogg *.opus *.mp3 *.aiff *.au);;所有檔案 (*)</translation>
    </message>
    <message>
        <source>Speak as in a call: a few seconds are recorded, then you hear what others hear.</source>
        <translation>請像通話時一樣說話：先錄幾秒，接著您會聽到對方所聽到的聲音。</translation>
    </message>
    <message>
        <source>Recording: speak now (%1 s).</source>
        <translation>錄音中：請說話（%1 秒）。</translation>
    </message>
    <message>
        <source>This is how others hear you (%1 s).</source>
        <translation>對方聽到的您是這樣的（%1 秒）。</translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation>停止(&amp;P)</translation>
    </message>
    <message>
        <source>As known everywhere</source>
        <extracomment>%1 is a country; ringing, busy and other tones are as there</extracomment>
        <translation>通用提示音</translation>
    </message>
    <message>
        <source>During a call nothing is recorded and no ring tried: the call would hear it.</source>
        <translation>通話中不錄音，也不試播鈴聲，以免對方聽見。</translation>
    </message>
</context>
<context>
    <name>hs::ui::SoundWords</name>
    <message>
        <source>The microphone &quot;%1&quot; is gone or does not work. You speak through &quot;%2&quot; meanwhile.</source>
        <translation>麥克風「%1」已移除或無法使用，暫時改由「%2」說話。</translation>
    </message>
    <message>
        <source>The microphone &quot;%2&quot; is back. You speak through it again.</source>
        <translation>麥克風「%2」已恢復，重新由它說話。</translation>
    </message>
    <message>
        <source>You speak through the microphone &quot;%2&quot; now, the system&apos;s new default.</source>
        <translation>現在由系統新的預設麥克風「%2」說話。</translation>
    </message>
    <message>
        <source>The speaker &quot;%1&quot; is gone or does not work. You hear calls through &quot;%2&quot; meanwhile.</source>
        <translation>揚聲器「%1」已移除或無法使用，暫時改由「%2」聆聽通話。</translation>
    </message>
    <message>
        <source>The speaker &quot;%2&quot; is back. You hear calls through it again.</source>
        <translation>揚聲器「%2」已恢復，重新由它聆聽通話。</translation>
    </message>
    <message>
        <source>You hear calls through the speaker &quot;%2&quot; now, the system&apos;s new default.</source>
        <translation>現在由系統新的預設揚聲器「%2」聆聽通話。</translation>
    </message>
    <message>
        <source>A speaker that rings is gone. Calls ring on: %2.</source>
        <translation>有一個響鈴的揚聲器已移除。來電響鈴於：%2。</translation>
    </message>
    <message>
        <source>Calls ring on: %2.</source>
        <translation>來電響鈴於：%2。</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>hs::ui::StatusBar</name>
    <message>
        <source>SIP</source>
        <translation>SIP</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>伺服器</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>程式</translation>
    </message>
    <message>
        <source>RTP ports</source>
        <translation>RTP 連接埠</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通話</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>down</source>
        <translation>未運作</translation>
    </message>
    <message>
        <source>none</source>
        <translation>無</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>RTP ports in use</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1, all in use</source>
        <translation>%1，已全部使用</translation>
    </message>
    <message>
        <source>%1 live</source>
        <translation>%1 通進行中</translation>
    </message>
    <message>
        <source>ws://%1 · %2</source>
        <extracomment>%1 is a WebSocket address, %2 the number of programs connected to it</extracomment>
        <translation>ws://%1 · %2</translation>
    </message>
    <message>
        <source>Accounts: %1</source>
        <translation>帳號：%1</translation>
    </message>
    <message>
        <source>Click to add an account.</source>
        <translation>點選以新增帳號。</translation>
    </message>
    <message>
        <source>Voice mail</source>
        <translation>語音信箱</translation>
    </message>
    <message>
        <source>Click to listen to them: calls the voice mail number.</source>
        <translation>點選即可收聽：會撥打語音信箱號碼。</translation>
    </message>
    <message>
        <source>Missed calls that you have not marked as seen. Click to see them.</source>
        <translation>尚未標示為已讀的未接來電。按一下即可查看。</translation>
    </message>
    <message>
        <source>1 missed call</source>
        <translation>1 通未接來電</translation>
    </message>
    <message numerus="yes">
        <source>%n missed calls</source>
        <translation>
            <numerusform>%n 通未接來電</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hs::ui::TransferBar</name>
    <message>
        <source>Transfer</source>
        <translation>轉接</translation>
    </message>
    <message>
        <source>Number or address</source>
        <translation>號碼或位址</translation>
    </message>
    <message>
        <source>Number or address that the call goes to</source>
        <translation>通話要轉往的號碼或位址</translation>
    </message>
    <message>
        <source>To another call</source>
        <translation>轉給另一通</translation>
    </message>
    <message>
        <source>Connect both far ends with each other; you are out of it then.</source>
        <translation>讓雙方互相接通；您就此退出。</translation>
    </message>
    <message>
        <source>Do not transfer</source>
        <translation>不轉接</translation>
    </message>
    <message>
        <source>Do not transfer (Esc)</source>
        <translation>不轉接（Esc）</translation>
    </message>
    <message>
        <source>Transfer %1 to</source>
        <translation>將 %1 轉給</translation>
    </message>
</context>
<context>
    <name>hs::ui::TransferWords</name>
    <message>
        <source>Forbidden</source>
        <translation>禁止</translation>
    </message>
    <message>
        <source>Not Found</source>
        <translation>查無此號</translation>
    </message>
    <message>
        <source>Request Timeout</source>
        <translation>逾時未回應</translation>
    </message>
    <message>
        <source>Temporarily Unavailable</source>
        <translation>暫時無法接通</translation>
    </message>
    <message>
        <source>Address Incomplete</source>
        <translation>號碼不完整</translation>
    </message>
    <message>
        <source>Busy Here</source>
        <translation>忙線中</translation>
    </message>
    <message>
        <source>Bad Request</source>
        <translation>請求錯誤</translation>
    </message>
    <message>
        <source>Bad Extension</source>
        <translation>不支援的功能</translation>
    </message>
    <message>
        <source>Call Does Not Exist</source>
        <translation>通話已不存在</translation>
    </message>
    <message>
        <source>Request Terminated</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Not Acceptable Here</source>
        <translation>無法接受</translation>
    </message>
    <message>
        <source>Server Internal Error</source>
        <translation>伺服器內部錯誤</translation>
    </message>
    <message>
        <source>Not Implemented</source>
        <translation>不支援</translation>
    </message>
    <message>
        <source>Service Unavailable</source>
        <translation>服務無法使用</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>the caller is still with you</source>
        <translation>來電者仍在線上</translation>
    </message>
    <message>
        <source>the call is still with you</source>
        <translation>通話仍在線上</translation>
    </message>
    <message>
        <source>Transfer to %1 failed — %2</source>
        <translation>轉接 %1 失敗 — %2</translation>
    </message>
    <message>
        <source>Transfer to %1 failed: %2 — %3</source>
        <extracomment>%1 whom the call was to go to, %2 a SIP status, %3 &quot;the caller is still with you&quot;</extracomment>
        <translation>轉接 %1 失敗：%2 — %3</translation>
    </message>
    <message>
        <source>Transfer to %1: asked for</source>
        <translation>轉接 %1：已提出要求</translation>
    </message>
    <message>
        <source>Transfer to %1: being tried</source>
        <translation>轉接 %1：嘗試中</translation>
    </message>
    <message>
        <source>Transfer to %1: ringing</source>
        <translation>轉接 %1：響鈴中</translation>
    </message>
    <message>
        <source>Transferred to %1</source>
        <translation>已轉接給 %1</translation>
    </message>
    <message>
        <source>via %1</source>
        <comment>an account</comment>
        <translation>經由 %1</translation>
    </message>
    <message>
        <source>for %1</source>
        <comment>a number that was called</comment>
        <extracomment>%1 is the number that was called, %2 the name of an account</extracomment>
        <translation>撥給 %1</translation>
    </message>
    <message>
        <source>for %1 via %2</source>
        <translation>撥給 %1，經由 %2</translation>
    </message>
    <message>
        <source>diverted by %1</source>
        <translation>由 %1 轉來</translation>
    </message>
    <message>
        <source>%1 wanted to transfer you but did not say to whom. Your call with %1 goes on.</source>
        <translation>%1 想將您轉接，但沒有說明轉給誰。您與 %1 的通話繼續進行。</translation>
    </message>
    <message>
        <source>%1 wanted to transfer you to %2, which is nothing that can be called. Your call with %1 goes on.</source>
        <extracomment>Each: %1 who asked, %2 to whom we should be transferred</extracomment>
        <translation>%1 想將您轉接至 %2，但那無法撥打。您與 %1 的通話繼續進行。</translation>
    </message>
    <message>
        <source>%1 wanted to transfer you to %2, but there is no account to call a number by. Your call with %1 goes on.</source>
        <translation>%1 想將您轉接至 %2，但沒有可用來撥號的帳號。您與 %1 的通話繼續進行。</translation>
    </message>
    <message>
        <source>%1 wanted to transfer you to %2, but all calls that max_calls allows are in use. Your call with %1 goes on.</source>
        <translation>%1 想將您轉接至 %2，但 max_calls 允許的通話已全部使用中。您與 %1 的通話繼續進行。</translation>
    </message>
    <message>
        <source>%1 wanted to be connected with %2; that is only done for calls that a person has. The machine&apos;s call with %1 goes on.</source>
        <translation>%1 想與 %2 連線；這只適用於由人接聽的通話。機器與 %1 的通話繼續進行。</translation>
    </message>
    <message>
        <source>transferred by %1</source>
        <translation>由 %1 轉接</translation>
    </message>
</context>
</TS>
