# schema.sql, and for each table the triggers that let it only grow, as
# the C source ${OUT}.
file(READ ${IN} sql)
string(REGEX MATCHALL "CREATE TABLE [a-z]+" tables "${sql}")
foreach(table IN LISTS tables)
  string(REPLACE "CREATE TABLE " "" table "${table}")
  foreach(verb UPDATE DELETE)
    string(TOLOWER ${verb} word)
    string(APPEND sql "CREATE TRIGGER ${table}_no_${word} BEFORE ${verb} ON "
      "${table} BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;\n")
  endforeach()
endforeach()
# INSERT OR REPLACE removes a row, and fires no trigger for it.
foreach(row "person;id;name" "submission;id" "run;id" "override;id" "event;id"
    "setting;id" "exercise;id" "roster;id" "regrade;id" "decision;id;regrade")
  list(POP_FRONT row table)
  set(same)
  foreach(column IN LISTS row)
    list(APPEND same "${column} = NEW.${column}")
  endforeach()
  list(JOIN same " OR " same)
  string(APPEND sql "CREATE TRIGGER ${table}_no_replace BEFORE INSERT ON "
    "${table} WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${same}) "
    "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;\n")
endforeach()
string(APPEND sql "CREATE TRIGGER submission_no_same BEFORE INSERT ON "
  "submission WHEN EXISTS (SELECT 1 FROM submission WHERE person = NEW.person "
  "AND exercise = NEW.exercise AND sha256 = NEW.sha256 "
  "AND received = NEW.received) "
  "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;\n"
  "CREATE TRIGGER run_no_same BEFORE INSERT ON run WHEN NEW.score IS NOT NULL "
  "AND EXISTS (SELECT 1 FROM run WHERE submission = NEW.submission AND "
  "key = NEW.key AND ifnull(regrade, 0) = ifnull(NEW.regrade, 0) AND "
  "score IS NOT NULL) "
  "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;\n"
  "CREATE TRIGGER chk_no_replace BEFORE INSERT ON chk WHEN EXISTS (SELECT 1 "
  "FROM chk WHERE run = NEW.run AND place = NEW.place) "
  "BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;\n")
file(WRITE ${OUT}.sql "${sql}")
file(READ ${OUT}.sql hex HEX)
string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
string(REPLACE "0x0a," "0x0a,\n" hex "${hex}")
file(WRITE ${OUT} "/* Made from schema.sql. */\n"
  "extern const char store_schema[];\n"
  "const char store_schema[] = {\n${hex}0};\n")
