"""Classes through Slurm: one node, daemons of our own on loopback.

They are started by hand, without cgroups, and ended by their pids.
"""
import os
import signal
import socket
import subprocess
import time

import test_grade
import test_real
from common import main

CONF = """
ClusterName=coil
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
SlurmctldPort={ctld}
SlurmdPort={d}
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/munge
AuthInfo=socket={top}/munge/socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0
ReturnToService=2
EnforcePartLimits=ALL
StateSaveLocation={top}/state
SlurmdSpoolDir={top}/spool
SlurmctldPidFile={top}/slurmctld.pid
SlurmdPidFile={top}/slurmd.pid
SlurmctldLogFile={top}/slurmctld.log
SlurmdLogFile={top}/slurmd.log
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def free_ports(n):
    socks = [socket.socket() for _ in range(n)]
    for s in socks:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in socks]
    for s in socks:
        s.close()
    return ports


class Cluster:
    """munged, slurmctld and slurmd, as long as the test runs."""

    def __init__(self, test):
        self.test = test
        self.top = test.path("slurm")
        self.daemons = []
        for daemon in ("munged", "slurmctld", "slurmd"):
            test.assertTrue(os.path.exists("/usr/sbin/" + daemon),
                            f"{daemon} is missing: it is in Debian's"
                            " munge and slurm-wlm")
        for name in ("", "munge", "state", "spool"):
            os.makedirs(os.path.join(self.top, name), 0o755)
        os.chmod(test.top, 0o755)
        test.addCleanup(self.stop)
        self.start_munge()
        self.start_slurm()

    def path(self, *names):
        return os.path.join(self.top, *names)

    def daemon(self, *words):
        with open(self.path(os.path.basename(words[0]) + ".out"), "wb") as f:
            daemon = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *words],
                stdin=subprocess.DEVNULL, stdout=f, stderr=f,
                env=self.test.env)
        self.daemons.append(daemon)
        return daemon

    def start_munge(self):
        with open(self.path("munge", "key"), "wb") as f:
            os.fchmod(f.fileno(), 0o600)
            f.write(os.urandom(128))
        munge = self.daemon(
            "/usr/sbin/munged", "--foreground",
            "--socket=" + self.path("munge", "socket"),
            "--key-file=" + self.path("munge", "key"),
            "--pid-file=" + self.path("munge", "pid"),
            "--seed-file=" + self.path("munge", "seed"),
            "--log-file=" + self.path("munge", "log"))
        self.wait(munge, lambda: os.path.exists(self.path("munge",
                                                          "socket")))

    def start_slurm(self):
        host = os.uname().nodename.split(".")[0]
        ctld, d = free_ports(2)
        with open(self.path("slurm.conf"), "w", encoding="ascii") as f:
            f.write(CONF.format(host=host, top=self.top, ctld=ctld, d=d,
                                cpus=os.cpu_count(),
                                user=subprocess.check_output(
                                    ["id", "-un"], text=True).strip()))
        self.test.env["SLURM_CONF"] = self.path("slurm.conf")
        self.daemon("/usr/sbin/slurmctld", "-D", "-c")
        node = self.daemon("/usr/sbin/slurmd", "-D", "-N", host)
        self.wait(node, lambda: self.say("sinfo", "-h", "-o", "%t") in
                  ("idle", "mix"))
        self.check_loopback(ctld, d)

    def say(self, *words):
        return subprocess.run(words, env=self.test.env, text=True,
                              capture_output=True).stdout.strip()

    def wait(self, daemon, ready):
        end = time.monotonic() + 120
        while not ready():
            self.test.assertIsNone(daemon.poll(), self.logs())
            self.test.assertLess(time.monotonic(), end, self.logs())
            time.sleep(0.2)

    def logs(self):
        text = ""
        for folder, _, names in os.walk(self.top):
            for name in names:
                if name.endswith((".out", ".log")) or name == "log":
                    with open(os.path.join(folder, name), "rb") as f:
                        text += f"{name}: {f.read()[-2000:].decode()}\n"
        return text

    def check_loopback(self, *ports):
        """No one but this machine can reach them."""
        with open("/proc/net/tcp", encoding="ascii") as f:
            rows = [line.split() for line in f][1:]
        found = {int(r[1].split(":")[1], 16): r[1].split(":")[0]
                 for r in rows if r[3] == "0A"}
        for port in ports:
            self.test.assertEqual(found[port], "0100007F")
        with open("/proc/net/tcp6", encoding="ascii") as f:
            rows = [line.split() for line in f][1:]
        self.test.assertFalse({int(r[1].split(":")[1], 16) for r in rows
                               if r[3] == "0A"} & set(ports))

    def stop(self):
        end = time.monotonic() + 60
        while self.say("squeue", "-h") and time.monotonic() < end:
            self.say("scancel", "--name=coil")
            time.sleep(0.2)
        for daemon in reversed(self.daemons):
            if daemon.poll() is None:
                os.kill(daemon.pid, signal.SIGTERM)
            try:
                daemon.wait(60)
            except subprocess.TimeoutExpired:
                os.kill(daemon.pid, signal.SIGKILL)
                daemon.wait()


class Case(test_grade.Grade):
    """The class with the judge that says who was judged how often."""


for name in [n for n in dir(Case) if n.startswith("test_")]:
    setattr(Case, name, None)


class Fake(Case):
    def test_slurm_judges_nobody_twice(self):
        Cluster(self)
        many = test_grade.MANY
        words = ["pass", "partial", "fail", "compile"]
        self.hand_in({f"p{i:03}": f"{words[i % 4]} {i}"
                      for i in range(many)})
        grading = self.start(many // 2, "--engine", "slurm", "--chunk", "6")
        while len(self.judged()) < many // 2 - 2:
            self.assertIsNone(grading.poll(), "it ended before the half")
            time.sleep(0.01)
        os.kill(grading.pid, signal.SIGKILL)
        grading.wait()
        self.wait_for_lock()
        self.go_on()            # what is in the queue goes on, too
        self.assertEqual(self.rows("SELECT count(*) FROM run"), [(0,)])
        self.coil("grade", "--jobs", "2", "--engine", "slurm", "--chunk",
                  "6")
        lines = self.judged()
        self.assertEqual((len(lines), len(set(lines))), (many, many))
        want = [10, 6, 0, 0]
        self.assertEqual(self.scores(), {f"p{i:03}": want[i % 4]
                                         for i in range(many)})
        self.assertEqual(self.rows("SELECT count(*), count(DISTINCT "
                                   "submission) FROM run"), [(many, many)])

    def test_slurm_that_refuses_the_job_gives_no_faults_to_anyone(self):
        Cluster(self)
        self.hand_in({"ann": "pass"})
        said = self.refused("grade", "--engine", "slurm", "--jobs", "999")
        self.assertIn("did not run", said)
        self.assertEqual(self.rows("SELECT count(*) FROM run"), [(0,)])


class Case(test_real.Real):
    COUNT = int(os.environ.get("COIL_CLASS_COUNT", "24"))


for name in [n for n in dir(Case) if n.startswith("test_")]:
    setattr(Case, name, None)


class Real(Case):
    def test_slurm_judges_a_real_class(self):
        Cluster(self)
        self.grade("--engine", "slurm", "--chunk", "25")


if __name__ == "__main__":
    main()
