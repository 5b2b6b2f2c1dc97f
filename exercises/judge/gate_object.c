/* gate_object.c - what an object may define, use and contain */
#include <gelf.h>
#include <libelf.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "work.h"

void gate_add(json_t *gate, const char *symbol, const char *format, ...)
{
    struct text why = {0};
    char some[512];
    va_list args;
    size_t i;
    json_t *old;

    va_start(args, format);
    vsnprintf(some, sizeof some, format, args);
    va_end(args);
    json_array_foreach(gate, i, old) {
        const char *name = "", *said = "";
        json_unpack(old, "{s:s, s:s}", "symbol", &name, "why", &said);
        if (strcmp(name, symbol) == 0 && strcmp(said, some) == 0)
            return;
    }
    for (const char *p = symbol; *p != '\0' && why.len < 100; p++)
        text_put(&why, "%c", *p >= 0x20 && *p < 0x7f ? *p : '?');
    if (json_array_size(gate) < 50)
        json_array_append_new(gate, json_pack("{s:s, s:s}",
            "symbol", text_chars(&why), "why", some));
    text_clear(&why);
}

/* What compilers call of their own accord, and what is as harmless. */
static const char *const harmless[] = {
    "memcpy", "memmove", "memset", "memcmp", "memchr", "strlen",
    "strcmp",
    "strncmp", "strchr", "strrchr", "strstr", "__assert_fail", "abort",
    "__ctype_b_loc", "__errno_location", "__stack_chk_fail",
    "_GLOBAL_OFFSET_TABLE_", "__memcpy_chk", "bcmp", NULL
};

/* One name in a list stands for what compilers make of it. */
static const char *const same[][2] = {
    {"puts", "printf"}, {"putchar", "printf"}, {"fwrite", "fprintf"},
    {"fputc", "fprintf"}, {"fputs", "fprintf"}, {"stdout", "fprintf"},
    {"stderr", "fprintf"}, {"__isoc99_sscanf", "sscanf"},
    {"stdout", "printf"}, {NULL, NULL},
};

static const char *const of_sanitizers[] = {
    "__asan_", "__ubsan_handle_", "__tsan_", NULL
};

/* "pools-weak-list" asks for weak_list_... */
static void prefix_of(const struct exercise *ex, struct text *prefix)
{
    const char *p = strchr(ex->name, '-');

    for (p = p != NULL ? p + 1 : ex->name; *p != '\0'; p++)
        text_put(prefix, "%c", *p == '-' ? '_' : *p);
    text_put(prefix, "_");
}

static bool has_prefix(const struct exercise *ex, const char *name)
{
    struct text prefix = {0};

    prefix_of(ex, &prefix);
    bool rv = starts(name, text_chars(&prefix));
    text_clear(&prefix);
    return rv;
}

static bool may_use(const struct exercise *ex,
                    const struct build *build, const char *name)
{
    if (starts(name, "coil_") || starts(name, "COIL_")
        || word_in(name, harmless) || word_in(name, ex->allow))
        return true;
    for (size_t i = 0; same[i][0] != NULL; i++)
        if (strcmp(name, same[i][0]) == 0
            && word_in(same[i][1], ex->allow))
            return true;
    for (const char *const *s = of_sanitizers;
         build->env != NULL && *s != NULL; s++)
        if (starts(name, *s))
            return true;
    for (; ex != NULL; ex = ex->needs != NULL ? exercise_find(ex->needs)
                                              : NULL)
        if (has_prefix(ex, name))
            return true;
    return false;
}

/* Remember what is used of that which must be. */
static void note_use(struct source *source, const char *name)
{
    const char *const *uses = source->exercise->uses;

    for (unsigned i = 0; uses != NULL && uses[i] != NULL; i++)
        if (strcmp(uses[i], name) == 0)
            source->used |= 1u << i;
}

void gate_uses(const struct work *work, json_t *gate)
{
    const struct exercise *ex = work->exercise;
    unsigned used = 0;

    for (size_t i = 0; i < work->len; i++)
        if (work->sources[i].exercise == ex)
            used |= work->sources[i].used;
    for (unsigned i = 0; ex->uses != NULL && ex->uses[i] != NULL; i++)
        if (!(used & 1u << i))
            gate_add(gate, ex->uses[i],
                     "%s must use it, and does not", ex->files[0]);
}

static void look_symbol(struct source *source,
                        const struct build *build,
                        const GElf_Sym *symbol, const char *name,
                        json_t *gate)
{
    int bind = GELF_ST_BIND(symbol->st_info);
    int type = GELF_ST_TYPE(symbol->st_info);

    if (type == STT_FUNC && starts(name, "drive_")) {
        gate_add(gate, name, "the driver has names that begin so");
    } else if (type == STT_GNU_IFUNC || bind == STB_GNU_UNIQUE) {
        gate_add(gate, name, "no such kind of symbol");
    } else if (bind == STB_LOCAL || *name == '\0') {
        return;
    } else if (symbol->st_shndx == SHN_UNDEF) {
        note_use(source, name);
        if (!may_use(source->exercise, build, name))
            gate_add(gate, name, "not in the list of what %s may use",
                     source->name);
    } else if (!has_prefix(source->exercise, name)
               && !(build->env != NULL && starts(name, "__asan_"))) {
        struct text prefix = {0};

        prefix_of(source->exercise, &prefix);
        gate_add(gate, name,
                 "what %s defines for others begins with %s; "
                 "the rest is static",
                 source->name, text_chars(&prefix));
        text_clear(&prefix);
    }
}

static void look_symbols(Elf *elf, Elf_Scn *section,
                         const GElf_Shdr *head,
                         struct source *source,
                         const struct build *build, json_t *gate)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t len = data != NULL && head->sh_entsize != 0
                 ? data->d_size / head->sh_entsize : 0;

    for (size_t i = 0; i < len; i++) {
        GElf_Sym symbol;
        const char *name;

        if (gelf_getsym(data, (int)i, &symbol) == NULL
            || (name = elf_strptr(elf, head->sh_link, symbol.st_name))
                   == NULL)
            gate_add(gate, source->name, "its object cannot be read");
        else
            look_symbol(source, build, &symbol, name, gate);
    }
}

/* Sections that run before or after main: a sanitizer has its own. */
static void look_section(const GElf_Shdr *head, const char *name,
                         const struct build *build, json_t *gate)
{
    static const char *const run[] = {
        ".init", ".fini", ".ctors", ".dtors", ".preinit_array", NULL
    };
    bool array = head->sh_type == SHT_INIT_ARRAY
                 || head->sh_type == SHT_FINI_ARRAY
                 || head->sh_type == SHT_PREINIT_ARRAY;

    for (const char *const *r = run; *r != NULL; r++)
        if (starts(name, *r) && !(build->env != NULL && array))
            gate_add(gate, name,
                     "nothing may run before or after main");
    if (array && build->env == NULL)
        gate_add(gate, name, "nothing may run before or after main");
}

static void take_comment(Elf_Scn *section, struct text *compiler)
{
    Elf_Data *data = elf_getdata(section, NULL);
    const char *p = data != NULL ? data->d_buf : NULL;

    for (size_t i = 0;
         p != NULL && i < data->d_size && compiler->len < 80; i++) {
        if (p[i] == '\0' && compiler->len > 0)
            break;
        if (p[i] >= 0x20 && p[i] < 0x7f)
            text_add(compiler, p + i, 1);
    }
}

void gate_object(struct source *source, const struct build *build,
                 struct text *object, json_t *gate,
                 struct text *compiler)
{
    size_t names = 0;
    Elf_Scn *section = NULL;

    elf_version(EV_CURRENT);
    Elf *elf = elf_memory(object->s, object->len);
    if (elf == NULL || elf_kind(elf) != ELF_K_ELF
        || elf_getshdrstrndx(elf, &names) < 0)
        gate_add(gate, source->name, "its object cannot be read");
    while (elf != NULL
           && (section = elf_nextscn(elf, section)) != NULL) {
        GElf_Shdr head;
        const char *name;

        if (gelf_getshdr(section, &head) == NULL
            || (name = elf_strptr(elf, names, head.sh_name)) == NULL) {
            gate_add(gate, source->name, "its object cannot be read");
            break;
        }
        look_section(&head, name, build, gate);
        if (head.sh_type == SHT_SYMTAB)
            look_symbols(elf, section, &head, source, build, gate);
        if (strcmp(name, ".comment") == 0)
            take_comment(section, compiler);
    }
    if (elf != NULL)
        elf_end(elf);
}
