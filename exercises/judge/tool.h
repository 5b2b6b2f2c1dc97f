/* tool.h - the commands of coil-tool; argv[0] is the command's name
 *
 * Each returns the status with which the program ends.
 */
#ifndef COIL_JUDGE_TOOL_H
#define COIL_JUDGE_TOOL_H

int class_main(int argc, char **argv);
int judge_main(int argc, char **argv);
#endif
