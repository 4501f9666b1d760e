package io.mcpserver.importer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV with a header: one object a row. A column that holds nothing but numbers becomes numbers, so that
 * it can be compared and sorted; a number with leading zeros is a text. Empty cells are left out.
 */
final class CsvReader implements PartReader {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setTrim(true).get();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,15})?");

    /** @param line in which the row begins, counted from 1; blank lines before it count as its own */
    private record Row(long line, CSVRecord cells) {}

    @Override
    public List<Part> read(String path, String text) throws BadFileException {
        List<Row> rows = rows(text);
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> header = header(rows.removeFirst());
        Set<Integer> numbers = numbers(rows, header);
        List<Part> parts = new ArrayList<>();
        for (Row row : rows) {
            parts.add(JsonText.part(object(row.cells(), header, numbers)));
        }
        return parts;
    }

    private static List<Row> rows(String text) throws BadFileException {
        List<Row> rows = new ArrayList<>();
        long line = 0;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
            for (CSVRecord cells : parser) {
                rows.add(new Row(line + 1, cells));
                line = parser.getCurrentLineNumber();
            }
        } catch (IOException | UncheckedIOException e) {
            throw new BadFileException(line + 1, "is not CSV: " + e.getMessage());
        }
        return rows;
    }

    private static List<String> header(Row first) throws BadFileException {
        List<String> names = first.cells().toList();
        for (String name : names) {
            if (name.isEmpty() || names.indexOf(name) != names.lastIndexOf(name)) {
                throw new BadFileException(
                        first.line(), "every column needs a name of its own; \"%s\" is not one".formatted(name));
            }
        }
        return names;
    }

    private static Set<Integer> numbers(List<Row> rows, List<String> header) throws BadFileException {
        Set<Integer> numbers = new HashSet<>();
        for (int column = 0; column < header.size(); column++) {
            numbers.add(column);
        }
        numbers.remove(header.indexOf("id"));
        for (Row row : rows) {
            CSVRecord cells = row.cells();
            if (cells.size() != header.size()) {
                throw new BadFileException(
                        row.line(), "has %d cells, but the header has %d".formatted(cells.size(), header.size()));
            }
            numbers.removeIf(column -> !cells.get(column).isEmpty()
                    && !NUMBER.matcher(cells.get(column)).matches());
        }
        return numbers;
    }

    private static ObjectNode object(CSVRecord row, List<String> header, Set<Integer> numbers) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int column = 0; column < header.size(); column++) {
            String cell = row.get(column);
            if (cell.isEmpty()) {
                continue;
            }
            if (!numbers.contains(column)) {
                object.put(header.get(column), cell);
            } else if (cell.indexOf('.') < 0) {
                object.put(header.get(column), Long.parseLong(cell));
            } else {
                object.put(header.get(column), new BigDecimal(cell));
            }
        }
        return object;
    }
}
