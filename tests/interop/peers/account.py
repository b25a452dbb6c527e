"""Accounts in the daemon's file, with their passwords in files of their own."""

import os

from peers.daemon import Files


def configure(folder, accounts=(), **keys):
    """`accounts` are dictionaries of keys, with "name" and "password" beside them."""
    files = Files(folder)
    lines = [f"{key} = {value}" for key, value in keys.items()]
    for account in accounts:
        given = dict(account)
        name, password = given.pop("name"), given.pop("password")
        path = os.path.join(folder, f"{name}.password")
        with open(path, "w", encoding="utf-8",
                  opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(password + "\n")
        lines += ["", f"[account {name}]", f"password_file = {path}",
                  *(f"{key} = {value}" for key, value in given.items())]
    with open(files.config, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return files


def account(user, server, transport="udp", domain="one.example", password="open sesame", **more):
    """One at a registrar of this machine; its name is that of the user."""
    return {"name": more.pop("name", user), "user": user, "domain": domain, "registrar": server,
            "transport": transport, "password": password, **more}
