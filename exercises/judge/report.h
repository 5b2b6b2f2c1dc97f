/* report.h - a report as plain text; Threads: none */
#ifndef COIL_JUDGE_REPORT_H
#define COIL_JUDGE_REPORT_H

#include <jansson.h>
#include <stdio.h>

/* report_text - write a report for a person, 76 columns, no colors */
void report_text(const json_t *report, FILE *out);
#endif
