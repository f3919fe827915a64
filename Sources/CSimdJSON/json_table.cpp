#include "json_table.h"

#include <cmath>
#include <cstdlib>
#include <deque>
#include <malloc.h>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

using simdjson::dom::element;
using simdjson::dom::element_type;

/// The elements of arrays in a table. Deques, so that what they hold stays where it is.
struct arrays_of_table {
    std::deque<std::vector<int64_t>> integers;
    std::deque<std::vector<nbe_text>> texts;

    void clear() {
        integers.clear();
        texts.clear();
    }
};

struct nbe_parser {
    simdjson::dom::parser parser;
    element root;
    std::vector<nbe_cell> cells;
    arrays_of_table arrays;
    /// Whether memory of a large document was freed, and is not given back to the system yet.
    bool has_freed = false;
};

/// Far more than a page of a hundred backups, which has about 50 kB.
static const size_t usual_bytes = 1024 * 1024;

namespace {

/// Follows keys, separated by dots. simdjson has JSON Pointer for this, which allocates for each key.
simdjson::error_code find(element from, std::string_view path, element &result) {
    result = from;
    while (!path.empty()) {
        const size_t dot = path.find('.');
        simdjson::dom::object object;
        if (auto error = result.get(object)) return error;
        if (auto error = object.at_key(path.substr(0, dot)).get(result)) return error;
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    }
    return simdjson::SUCCESS;
}

/// Keeps the elements of an array in `arrays`; NULL if one of them is not an integer.
const int64_t *integers_of(simdjson::dom::array from, std::deque<std::vector<int64_t>> &arrays) {
    static const int64_t none = 0;
    std::vector<int64_t> &integers = arrays.emplace_back();
    for (element value : from) {
        int64_t integer;
        if (value.get(integer)) return nullptr;
        integers.push_back(integer);
    }
    return integers.empty() ? &none : integers.data();
}

/// Keeps the strings among the elements of an array in `arrays`.
const std::vector<nbe_text> &texts_of(simdjson::dom::array from, std::deque<std::vector<nbe_text>> &arrays) {
    std::vector<nbe_text> &texts = arrays.emplace_back();
    for (element value : from) {
        std::string_view text;
        if (value.get(text)) continue;
        texts.push_back({reinterpret_cast<const uint8_t *>(text.data()), text.size()});
    }
    return texts;
}

nbe_cell cell_of(element from, std::string_view path, arrays_of_table *arrays = nullptr) {
    nbe_cell cell = {};
    element value;
    if (find(from, path, value)) return cell;
    switch (value.type()) {
    case element_type::STRING: {
        const std::string_view text = value.get_string().value_unsafe();
        cell.kind = nbe_string;
        cell.bytes = reinterpret_cast<const uint8_t *>(text.data());
        cell.count = text.size();
        break;
    }
    case element_type::INT64:
        cell.kind = nbe_integer;
        cell.integer = value.get_int64().value_unsafe();
        break;
    case element_type::UINT64:  // only what does not fit into int64
    case element_type::DOUBLE:
        cell.kind = nbe_number;
        cell.number = value.get_double().value_unsafe();
        break;
    case element_type::BOOL:
        cell.kind = nbe_boolean;
        cell.integer = value.get_bool().value_unsafe() ? 1 : 0;
        break;
    case element_type::ARRAY:
        cell.kind = nbe_array;
        if (arrays) {
            const simdjson::dom::array array = value.get_array().value_unsafe();
            cell.count = array.size();
            cell.integers = integers_of(array, arrays->integers);
            if (!cell.integers) {
                const std::vector<nbe_text> &texts = texts_of(array, arrays->texts);
                cell.texts = texts.data();
                cell.textCount = texts.size();
            }
        }
        break;
    case element_type::OBJECT:
        cell.kind = nbe_object;
        break;
    case element_type::NULL_VALUE:
        break;
    }
    return cell;
}

/// The end of the JSON number that starts at `at`; `at` if there is none.
size_t number_end(std::string_view text, size_t at) {
    const auto digits = [&](size_t from) {
        while (from < text.size() && text[from] >= '0' && text[from] <= '9') ++from;
        return from;
    };
    size_t start = at;
    if (text[start] == '-') ++start;
    size_t end = digits(start);
    if (end == start || (text[start] == '0' && end > start + 1)) return at;
    if (end < text.size() && text[end] == '.') {
        const size_t fraction = end + 1;
        end = digits(fraction);
        if (end == fraction) return at;
    }
    if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
        size_t exponent = end + 1;
        if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
        end = digits(exponent);
        if (end == exponent) return at;
    }
    return end;
}

/// A document with 1e300 in the place of each number that fits neither into 64 bits nor into a double: one such number
/// must not hide the rest.
std::string bounded(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    bool in_string = false;
    for (size_t at = 0; at < text.size();) {
        const char byte = text[at];
        size_t end = at + 1;
        if (in_string) {
            if (byte == '\\' && end < text.size()) ++end;
            if (byte == '"') in_string = false;
        } else if (byte == '"') {
            in_string = true;
        } else if (byte == '-' || (byte >= '0' && byte <= '9')) {
            const size_t number = number_end(text, at);
            if (number > at) {
                end = number;
                const std::string literal(text.substr(at, end - at));
                const bool is_integer = literal.find_first_of(".eE") == std::string::npos;
                if (std::isinf(std::strtod(literal.c_str(), nullptr)) || (is_integer && literal.size() > 19)) {
                    result += byte == '-' ? "-1e300" : "1e300";
                    at = end;
                    continue;
                }
            }
        }
        result.append(text.substr(at, end - at));
        at = end;
    }
    return result;
}

}  // namespace

nbe_parser *nbe_parser_new(void) { return new (std::nothrow) nbe_parser(); }

void nbe_parser_relax(nbe_parser *parser) {
    const bool is_large = parser->parser.capacity() > usual_bytes;
    if (is_large) {
        parser->root = element();
        parser->parser = simdjson::dom::parser();
        parser->cells = std::vector<nbe_cell>();
        parser->arrays.clear();
    }
    // Once more after the next document: by then the caller has freed the bytes of the large one.
    if (is_large || parser->has_freed) malloc_trim(0);
    parser->has_freed = is_large;
}

void nbe_parser_free(nbe_parser *parser) {
    if (parser) nbe_parser_relax(parser);
    delete parser;
}

const char *nbe_parse(nbe_parser *parser, const uint8_t *bytes, size_t count) {
    auto error = parser->parser.parse(bytes, count).get(parser->root);
    if (error && count > 0) {
        // The parser's versions have different errors for such numbers.
        const std::string_view original(reinterpret_cast<const char *>(bytes), count);
        const std::string text = bounded(original);
        if (text != original) error = parser->parser.parse(text.data(), text.size()).get(parser->root);
    }
    return error ? simdjson::error_message(error) : nullptr;
}

nbe_cell nbe_cell_at(nbe_parser *parser, const char *path) { return cell_of(parser->root, path); }

ptrdiff_t nbe_table(
    nbe_parser *parser, const char *path, const char *const *columns, size_t columnCount, size_t mostRows,
    const nbe_cell **cells) {
    element list;
    simdjson::dom::array rows;
    if (find(parser->root, path, list) || list.get(rows)) return -1;
    if (rows.size() > mostRows) return -2;
    parser->cells.clear();
    parser->arrays.clear();
    ptrdiff_t count = 0;
    for (element row : rows) {
        for (size_t column = 0; column < columnCount; ++column) {
            parser->cells.push_back(cell_of(row, columns[column], &parser->arrays));
        }
        ++count;
    }
    *cells = parser->cells.data();
    return count;
}
