/* tty.h - the terminal in watch mode: a key at a time, and back
 *
 * Threads: none.
 */
#ifndef COIL_LEARN_TTY_H
#define COIL_LEARN_TTY_H

/* tty_open - keys come at once and are not shown; it is undone by
 * tty_close, and at exit.  Signals that would end or stop the program
 * are held back.  Returns a descriptor to read them from, or -1.
 *
 * tty_signal - the next of them, or 0
 * tty_stop - restore, wait for the shell's fg, take it again
 * tty_end - restore, and end as that signal ends a program
 * tty_child - in a child: let go, as if there had been no tty_open */
int tty_open(void);
void tty_close(void);
int tty_signal(int fd);
void tty_stop(void);
void tty_end(int signal);
void tty_child(void);
#endif
