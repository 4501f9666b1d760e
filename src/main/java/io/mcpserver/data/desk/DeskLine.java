package io.mcpserver.data.desk;

import io.mcpserver.data.DataLine;

/** The way to a store that is open in this process; closing leaves it open. */
public final class DeskLine implements DataLine {

    private final DataDesk desk;
    private final String where;

    /** @param where whose store it is, in words */
    public DeskLine(DataDesk desk, String where) {
        this.desk = desk;
        this.where = where;
    }

    @Override
    public String ask(Operation operation, String body) {
        return desk.answer(operation, body);
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public void close() {
        // The desk belongs to another.
    }
}
