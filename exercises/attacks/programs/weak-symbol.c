/* redefines a function of the library
 * gate: rejected
 * box: compile-error
 * beats: -
 */
void coil_error_clear(void);
void coil_error_clear(void) {}
const char *coil_error_text(void);
const char *coil_error_text(void)
{
    return "";
}
void coil_error_set(const void *kind, const char *format, ...);
void coil_error_set(const void *kind, const char *format, ...)
{
    (void)kind, (void)format;
}
static void attack(void) {}
