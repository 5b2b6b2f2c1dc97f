/* say_report.h - print the report of a guarded block's fault
 *
 * Addresses become the word "address"; the fault itself comes last,
 * without the name of who says it.
 */
#ifndef SAY_REPORT_H
#define SAY_REPORT_H

void say_report(void (*fault)(void));

#endif
