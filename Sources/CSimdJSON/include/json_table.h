#ifndef NBE_JSON_TABLE_H
#define NBE_JSON_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What stands at a path of a JSON document. A JSON null counts as absent.
typedef enum {
    nbe_absent,
    nbe_string,
    nbe_integer,
    nbe_number,
    nbe_boolean,
    nbe_array,
    nbe_object,
} nbe_kind;

/// A string of an array, as UTF-8.
typedef struct {
    const uint8_t *bytes;
    size_t count;
} nbe_text;

/// One cell. `bytes` is UTF-8 of `count` bytes for strings and stays valid until the parser's next document;
/// `integer` holds integers and booleans, `number` what is not an integer. `integers` are the `count` elements of an
/// array in a table, until the parser's next table; NULL if one of them is not an integer. `texts` are then the
/// `textCount` elements that are strings.
typedef struct {
    nbe_kind kind;
    const uint8_t *bytes;
    const int64_t *integers;
    const nbe_text *texts;
    size_t count;
    size_t textCount;
    int64_t integer;
    double number;
} nbe_cell;

typedef struct nbe_parser nbe_parser;

/// A parser keeps its memory between documents. Returns NULL if there is no memory.
nbe_parser *nbe_parser_new(void);
void nbe_parser_free(nbe_parser *parser);

/// Ends the use of a document. After a large document the memory for it goes back to the system, because the parser
/// would keep up to fifteen times its size for pages that never need it again.
void nbe_parser_relax(nbe_parser *parser);

/// Parses a whole document and validates all of it. Returns NULL, or a static text that says what is wrong.
const char *nbe_parse(nbe_parser *parser, const uint8_t *bytes, size_t count);

/// The cell at a path of the parsed document, keys separated by dots.
nbe_cell nbe_cell_at(nbe_parser *parser, const char *path);

/// Reads the array at `path` as a table with one row for each of its elements and one column for each path in
/// `columns`. The cells, `columnCount` to a row, belong to the parser and stay until its next table; those of an
/// element that is not an object are absent. Returns the number of rows, -1 if there is no array at the path, or -2 if
/// the array has more than `mostRows` elements.
ptrdiff_t nbe_table(
    nbe_parser *parser, const char *path, const char *const *columns, size_t columnCount, size_t mostRows,
    const nbe_cell **cells);

#ifdef __cplusplus
}
#endif

#endif
