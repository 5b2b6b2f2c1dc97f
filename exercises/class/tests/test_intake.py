"""Intake: what course systems make, and what is hostile."""
import gzip
import io
import os
import socket
import stat
import tarfile

from common import Case, main, make_tar, make_zip, tar_entry

GOOD = b"// fake pass\nint one;\n"


class Intake(Case):
    def setUp(self):
        super().setUp()
        self.coil("init")

    def bring(self, source, *options, exercise="toy-one"):
        return self.coil("import", exercise, source, *options)

    def bring_bytes(self, name, data, *options):
        return self.bring(self.write(name, data), *options)

    def people(self):
        return [r[0] for r in self.rows(
            "SELECT DISTINCT p.name FROM submission s JOIN person p ON "
            "p.id = s.person ORDER BY 1")]

    def one(self, name, data):
        """An archive of one person's, beside that of somebody good."""
        self.write("class-in/good/one.c", GOOD)
        self.write(f"class-in/bad/{name}", data)
        said = self.bring(self.path("class-in"))
        self.assertEqual(self.people(), ["good"], said)
        self.assertIn("1 taken, 0 there before, 1 refused", said)
        line = next(r for r in said.splitlines() if r.startswith("bad: "))
        self.assertEqual(self.rows(
            "SELECT person, exercise FROM event WHERE what = 'refused'"),
            [("bad", "toy-one")])
        self.assertIn("bad, toy-one:", self.coil("status"))
        return line

    # ---- what systems make ------------------------------------------------
    def test_folder_with_a_folder_for_each(self):
        self.write("in/ann/one.c", GOOD)
        self.write("in/bob/deep/er/one.c", GOOD)
        self.write("in/bob/notes.txt", b"n")
        self.write("in/grades.csv", b"x")
        said = self.bring(self.path("in"))
        self.assertEqual(self.people(), ["ann", "bob"])
        self.assertIn("bob: not taken: notes.txt", said)
        self.assertIn("nobody's, and not taken: grades.csv", said)

    def test_zip_of_gradescope(self):
        self.bring_bytes("g.zip", make_zip({
            "assignment_1_export/submission_metadata.yml": "x: y\n",
            "assignment_1_export/submission_11/one.c": GOOD,
            "assignment_1_export/submission_12/src/one.c": GOOD}))
        self.assertEqual(self.people(), ["submission_11", "submission_12"])

    def test_zip_of_moodle(self):
        self.bring_bytes("m.zip", make_zip({
            "Ann Lee_123_assignsubmission_file_/one.c": GOOD,
            "Zo\u00eb M_124_assignsubmission_file_/hw.zip":
                make_zip({"hw/one.c": GOOD}),
            "Bob B_125_assignsubmission_file_one.c": GOOD}))
        self.assertEqual(self.people(),
                         ["Ann Lee_123", "Bob B_125", "Zo\u00eb M_124"])

    def test_zip_of_canvas(self):
        self.bring_bytes("c.zip", make_zip({
            "leeann_123_4567_one.c": GOOD,
            "bobb_LATE_124_4568_one-2.c": GOOD,
            "cidc_125_4569_work.zip": make_zip({"one.c": GOOD})}))
        self.assertEqual(self.people(), ["bobb_124", "cidc_125",
                                         "leeann_123"])

    def test_litter_of_macs_is_passed_over(self):
        said = self.bring_bytes("a.zip", make_zip({
            "ann/one.c": GOOD, "ann/.DS_Store": b"x",
            "__MACOSX/ann/._one.c": b"x", "ann/._one.c": b"x",
            "ann/__MACOSX/one.c": b"not this"}))
        self.assertEqual(self.people(), ["ann"], said)
        self.assertNotIn("not taken", said)

    def test_tars_of_every_compression(self):
        for mode in ("w:gz", "w:bz2", "w:xz", "w:"):
            end = mode.replace("w:", "tar.").rstrip(".")
            self.write(f"in/p{end.replace('.', '')}.{end}",
                       make_tar([tar_entry("./hw/one.c", GOOD)], mode))
        self.bring(self.path("in"))
        self.assertEqual(self.people(),
                         ["ptar", "ptarbz2", "ptargz", "ptarxz"])

    def test_pack_made_by_submit(self):
        self.write("work/one.c", GOOD)
        self.run_tool("pack", "toy-one", self.path("work"),
                      self.path("ann.sub"))
        os.mkdir(self.path("in"))
        os.rename(self.path("ann.sub"), self.path("in/ann.sub"))
        self.bring(self.path("in"))
        self.assertEqual(self.people(), ["ann"])

    def test_one_person_with_several_files(self):
        self.write("mine/two.c", b"// fake pass\n")
        self.write("mine/two.h", b"int two;\n")
        self.bring(self.path("mine"), "--person", "ann",
                   exercise="toy-two")
        self.assertEqual(self.people(), ["ann"])
        self.bring_bytes("x.zip", make_zip({"one.c": GOOD}), "--person",
                         "bob")
        self.assertEqual(self.people(), ["ann", "bob"])

    def test_people_get_the_names_and_dates_of_a_list(self):
        self.write("in/submission_11/one.c", GOOD)
        self.write("in/submission_12/one.c", GOOD)
        self.write("people.csv", '\ufeffname,person,received\r\n'
                   'submission_11,"Lee, Ann",2026-01-02\r\n')
        said = self.bring(self.path("in"), "--people",
                          self.path("people.csv"))
        self.assertEqual(self.people(), ["Lee, Ann", "submission_12"])
        self.assertIn("1 names are not in", said)
        self.assertEqual(self.rows(
            "SELECT s.received FROM submission s JOIN person p ON p.id = "
            "s.person WHERE p.name = 'Lee, Ann'"), [(1767312000,)])

    def test_dates_of_the_outer_archive_are_taken_when_asked(self):
        inner = make_tar([tar_entry("one.c", GOOD)])
        self.bring_bytes("a.zip", make_zip({"ann/one.c": GOOD,
                                            "bob/hw.tar.gz": inner}),
                         "--received", "file")
        dates = {r[0] for r in self.rows("SELECT received FROM submission")}
        self.assertEqual(len(dates), 1)
        self.assertLess(abs(dates.pop() - 1769860800), 86400)

    def test_same_folder_again_adds_nothing(self):
        self.write("in/ann/one.c", GOOD)
        self.bring(self.path("in"))
        self.assertIn("0 taken, 1 there before", self.bring(self.path("in")))
        self.write("in/ann/one.c", GOOD + b"//\n")
        self.assertIn("1 taken", self.bring(self.path("in")))
        self.assertEqual(self.rows("SELECT count(*) FROM submission"),
                         [(2,)])

    def test_nothing_is_extracted(self):
        before = sorted(os.listdir(self.top))
        self.bring(self.write("a.zip", make_zip({"ann/one.c": GOOD})))
        self.assertEqual(sorted(os.listdir(self.top)),
                         sorted([*before, "a.zip"]))

    # ---- what is hostile: one person's, the others are not touched --------
    def test_hostile_path_that_leads_out(self):
        line = self.one("x.zip", make_zip({"../../one.c": GOOD}))
        self.assertIn("leads out by ..", line)

    def test_hostile_path_from_the_root(self):
        line = self.one("x.tar.gz", make_tar([
            tar_entry("/etc/one.c", GOOD)]))
        self.assertIn("begins at the root", line)

    def test_hostile_backslash(self):
        line = self.one("x.tar", make_tar([
            tar_entry("a\\..\\one.c", GOOD), tar_entry("one.c", GOOD)],
            "w:"))
        self.assertIn("a backslash", line)

    def test_hostile_backslash_that_a_zip_means_as_slash(self):
        data = make_zip({"AA/AA/one.c": GOOD}).replace(b"AA/", b"..\\")
        self.assertIn("leads out by ..", self.one("x.zip", data))

    def test_hostile_link_in_a_tar(self):
        line = self.one("x.tar.gz", make_tar([
            tar_entry("one.c", kind=tarfile.SYMTYPE, link="/etc/passwd")]))
        self.assertIn("a link", line)

    def test_hostile_link_in_a_zip(self):
        line = self.one("x.zip", make_zip({
            "one.c": ("/etc/passwd", stat.S_IFLNK | 0o777)}))
        self.assertIn("a link", line)

    def test_hostile_hard_link(self):
        line = self.one("x.tar", make_tar([
            tar_entry("a.c", GOOD),
            tar_entry("one.c", kind=tarfile.LNKTYPE, link="a.c")], "w:"))
        self.assertIn("a link", line)

    def test_hostile_folder_that_is_a_link(self):
        line = self.one("x.tar", make_tar([
            tar_entry("d", kind=tarfile.SYMTYPE, link="/etc"),
            tar_entry("d/one.c", GOOD)], "w:"))
        self.assertIn("a link", line)

    def test_hostile_fifo_in_a_tar(self):
        line = self.one("x.tar", make_tar([
            tar_entry("one.c", kind=tarfile.FIFOTYPE)], "w:"))
        self.assertIn("neither file nor folder", line)

    def test_hostile_device_in_a_tar(self):
        line = self.one("x.tar", make_tar([
            tar_entry("one.c", kind=tarfile.CHRTYPE)], "w:"))
        self.assertIn("neither file nor folder", line)

    def test_hostile_file_twice(self):
        line = self.one("x.tar", make_tar([
            tar_entry("one.c", GOOD),
            tar_entry("one.c", b"// fake fail\n")], "w:"))
        self.assertIn("one.c is there twice", line)

    def test_hostile_file_in_two_folders(self):
        line = self.one("x.zip", make_zip({"a/one.c": GOOD,
                                           "b/one.c": GOOD}))
        self.assertIn("one.c is there twice", line)

    def test_hostile_file_that_is_too_long(self):
        line = self.one("x.zip", make_zip({"one.c": b"x" * 65536}))
        self.assertIn("more than 65535 bytes", line)

    def test_hostile_bomb_of_zeros(self):
        line = self.one("x.zip", make_zip({"big": b"\0" * (20 << 20),
                                           "one.c": GOOD}))
        self.assertIn("unpacks to more than 16 MB", line)

    def test_hostile_bomb_of_zeros_in_a_tar(self):
        raw = make_tar([tar_entry("big", b"\0" * (20 << 20)),
                        tar_entry("one.c", GOOD)], "w:")
        line = self.one("x.tar.gz", gzip.compress(raw))
        self.assertIn("unpacks to more than 16 MB", line)

    def test_hostile_bomb_of_compressions(self):
        data = make_tar([tar_entry("one.c", GOOD)], "w:")
        for _ in range(6):
            data = gzip.compress(data)
        self.assertIn("compressed more than once", self.one("x.tgz", data))

    def test_hostile_number_of_files(self):
        line = self.one("x.zip", make_zip(
            [(f"f{i}", b"") for i in range(2100)] + [("one.c", GOOD)]))
        self.assertIn("more than 2000 files", line)

    def test_hostile_folders_in_folders(self):
        line = self.one("x.zip", make_zip({"a/" * 30 + "one.c": GOOD}))
        self.assertIn("folders in folders", line)

    def test_hostile_archive_in_an_archive_is_not_opened(self):
        line = self.one("x.zip", make_zip({
            "y.zip": make_zip({"one.c": GOOD})}))
        self.assertIn("one.c is missing", line)

    def test_hostile_sparse_file(self):
        self.write("big/one.c", b"")
        with open(self.path("big/one.c"), "wb") as f:
            f.truncate(10 << 30)
        os.system(f"tar -C {self.path('big')} -S -cf {self.path('s.tar')} "
                  "one.c")
        with open(self.path("s.tar"), "rb") as f:
            line = self.one("x.tar", f.read())
        self.assertIn("more than 65535 bytes", line)

    def test_hostile_name_that_is_no_text(self):
        data = make_zip({"QQQ/one.c": GOOD}).replace(b"QQQ", b"a\x1bb")
        self.assertIn("a name that is no text", self.one("x.zip", data))

    def test_broken_zip_is_named(self):
        data = make_zip({"one.c": GOOD * 500})
        self.assertIn("x.zip: ", self.one("x.zip", data[:-60]))

    def test_broken_data_is_named(self):
        data = bytearray(make_zip({"one.c": os.urandom(5000)}))
        data[2000:2040] = bytes(40)
        self.assertIn("x.zip: it is broken", self.one("x.zip", data))

    def test_broken_tar_is_named(self):
        data = make_tar([tar_entry("one.c", os.urandom(5000))])
        self.assertIn("x.tgz: ", self.one("x.tgz", data[:2000]))

    def test_empty_archive_is_named(self):
        self.assertIn("x.zip: ", self.one("x.zip", b""))
        self.assertIn("x.zip: ", self.coil("status"))

    def test_encrypted_zip_is_named(self):
        data = bytearray(make_zip({"one.c": GOOD}))
        for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            data[data.index(mark) + at] |= 1
        self.assertIn("encrypted", self.one("x.zip", data))

    def test_person_without_the_file_is_named(self):
        line = self.one("ONE.C", GOOD)
        self.assertIn("one.c is missing", line)

    # ---- in a folder ------------------------------------------------------
    def folder(self, make):
        self.write("in/good/one.c", GOOD)
        os.mkdir(self.path("in/bad"))
        make(self.path("in/bad/one.c"))
        said = self.bring(self.path("in"))
        self.assertEqual(self.people(), ["good"], said)
        return said

    def test_hostile_link_in_a_folder(self):
        said = self.folder(lambda p: os.symlink("/etc/passwd", p))
        self.assertIn("bad: refused: it has a link", said)

    def test_hostile_fifo_in_a_folder(self):
        said = self.folder(os.mkfifo)
        self.assertIn("bad: refused: it has what is neither", said)

    def test_hostile_socket_in_a_folder(self):
        with socket.socket(socket.AF_UNIX) as s:
            said = self.folder(s.bind)
        self.assertIn("bad: refused: it has what is neither", said)

    def test_hostile_folder_instead_of_a_person(self):
        self.write("in/good/one.c", GOOD)
        self.write("secret/one.c", GOOD)
        os.symlink(self.path("secret"), self.path("in/bad"))
        said = self.bring(self.path("in"))
        self.assertEqual(self.people(), ["good"], said)
        self.assertIn("bad: refused: it has a link", said)

    # ---- a class's archive --------------------------------------------------
    def whole(self, name, data, *options):
        said = self.refused("import", "toy-one", self.write(name, data),
                            *options)
        self.assertEqual(self.rows("SELECT count(*) FROM submission"),
                         [(0,)])
        return said

    def test_broken_archive_of_a_class_adds_nothing(self):
        data = make_tar([tar_entry("ann/one.c", GOOD),
                         tar_entry("bob/one.c", os.urandom(9000))])
        self.assertIn("none of it was taken",
                      self.whole("c.tgz", data[:4000]))

    def test_archive_of_a_class_that_leads_out_adds_nothing(self):
        for name in ("../ann/one.c", "/ann/one.c"):
            data = make_tar([tar_entry(name, GOOD)])
            self.assertIn("none of it was taken", self.whole("c.tgz", data))

    def test_what_is_no_archive_is_named(self):
        self.assertIn("no archive", self.whole("c.zip", b"hello\n" * 99))

    def test_hostile_person_in_a_class_archive(self):
        said = self.bring_bytes("c.tgz", make_tar([
            tar_entry("good/one.c", GOOD),
            tar_entry("bad/../../one.c", GOOD),
            tar_entry("ugly/one.c", kind=tarfile.SYMTYPE, link="/x")]))
        self.assertEqual(self.people(), ["good"], said)
        self.assertIn("1 taken, 0 there before, 2 refused", said)

    # ---- packs --------------------------------------------------------------
    def pack(self):
        self.write("work/one.c", GOOD)
        self.write("work/other.txt", b"o")
        said = self.run_tool("pack", "toy-one", self.path("work"),
                             self.path("p.sub"))
        self.assertIn("left other.txt", said)
        with open(self.path("p.sub"), "rb") as f:
            return f.read()

    def test_pack_is_the_same_each_time_and_a_plain_tar(self):
        one = self.pack()
        os.utime(self.path("work/one.c"), (1, 1))
        os.chmod(self.path("work/one.c"), 0o600)
        self.assertEqual(self.pack(), one)
        with tarfile.open(fileobj=io.BytesIO(one)) as t:
            self.assertEqual(t.getnames(), ["coil-submission.json", "one.c"])
            self.assertEqual(t.extractfile("one.c").read(), GOOD)
        self.assertIn("good", self.run_tool("verify", "toy-one",
                                            self.path("p.sub")))

    def test_pack_with_any_byte_changed_is_refused(self):
        data = self.pack()
        for at in range(0, len(data), 7):
            changed = bytearray(data)
            changed[at] ^= 0x20
            path = self.write("q.sub", changed)
            self.run_tool("verify", "toy-one", path, status=1)
        for changed in (data[:-512], data + bytes(512), b""):
            self.run_tool("verify", "toy-one",
                          self.write("q.sub", changed), status=1)

    def test_pack_of_another_exercise_is_refused(self):
        self.write("two/two.c", b"// fake pass\n")
        self.write("two/two.h", b"int two;\n")
        self.run_tool("pack", "toy-two", self.path("two"),
                      self.path("t.sub"))
        with open(self.path("t.sub"), "rb") as f:
            self.assertIn("it is for toy-two", self.one("x.sub", f.read()))

    def test_pack_of_a_folder_follows_no_link(self):
        os.mkdir(self.path("work"))
        os.symlink("/etc/passwd", self.path("work/one.c"))
        said = self.run_tool("pack", "toy-one", self.path("work"),
                             self.path("p.sub"), status=1)
        self.assertIn("symbolic link", said)


if __name__ == "__main__":
    main()
