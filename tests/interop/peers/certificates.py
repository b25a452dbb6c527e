"""Certificates of an authority that exists for one test, made by the openssl program."""

import os
import subprocess


class Files:
    def __init__(self, certificate, key):
        self.certificate, self.key = certificate, key


def _openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"openssl {arguments[0]}: {done.stderr}"


class Authority:
    def __init__(self, folder, name="Test Authority"):
        self._folder = os.path.join(folder, name.replace(" ", "-"))
        self._made = 0
        os.makedirs(self._folder, exist_ok=True)
        self.certificate, self._key = self._path("ca.pem"), self._path("ca.key")
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-days", "30", "-subj", f"/CN={name}", "-keyout", self._key,
                 "-out", self.certificate)

    def _path(self, name):
        return os.path.join(self._folder, name)

    def sign(self, name, alternatives, days=30):
        """`alternatives` like "DNS:a.example,IP:127.0.0.1"; of -1 days it has expired."""
        self._made += 1
        base = self._path(str(self._made))
        _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                 f"/CN={name}", "-keyout", f"{base}.key", "-out", f"{base}.csr")
        with open(f"{base}.ext", "w", encoding="utf-8") as file:
            file.write(f"subjectAltName={alternatives}\n")
        _openssl("x509", "-req", "-in", f"{base}.csr", "-CA", self.certificate, "-CAkey", self._key,
                 "-CAcreateserial", "-extfile", f"{base}.ext", "-days", str(days),
                 "-out", f"{base}.pem")
        return Files(f"{base}.pem", f"{base}.key")
