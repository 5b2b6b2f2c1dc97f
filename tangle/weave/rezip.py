"""rezip.py IN OUT: write a zip again with fixed times and order, so that equal content is equal bytes."""
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w") as new:
    for name in sorted(old.namelist(), key=lambda n: (n != "mimetype", n)):
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
        new.writestr(info, old.read(name))
