"""Answers SMT-LIB scripts in bulk: prints what Z3 prints for each file that is named, `sat` or `unsat` a line.

A script may hold thousands of questions (`push`, `assert`, `check-sat`, `pop`), so that one process answers them all.
"""

import sys

import z3

for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as script:
        print(z3.Z3_eval_smtlib2_string(z3.main_ctx().ref(), script.read()), end="")
