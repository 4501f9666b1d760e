-- POSTs the lines of a file in turn, each with a number of ten digits that is never used twice in
-- place of @@@@@@@@@@, in one session. Requests are put together once: a call costs one
-- concatenation here. Run as: wrk OPTIONS -s post.lua URL -- FILE SESSION

local MARK = "@@@@@@@@@@"
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("first_number", threads * 1000000000)
end

function init(arguments)
    local headers = {
        ["Content-Type"] = "application/json",
        ["Accept"] = "application/json, text/event-stream",
        ["MCP-Protocol-Version"] = "2025-11-25",
        ["Mcp-Session-Id"] = arguments[2],
    }
    templates = {}
    for line in io.lines(arguments[1]) do
        local pieces = {}
        local rest = wrk.format("POST", nil, headers, line)
        while true do
            local from, to = rest:find(MARK, 1, true)
            if not from then break end
            pieces[#pieces + 1] = rest:sub(1, from - 1)
            rest = rest:sub(to + 1)
        end
        pieces[#pieces + 1] = rest
        templates[#templates + 1] = pieces
    end
    number = first_number
end

function request()
    number = number + 1
    return table.concat(templates[number % #templates + 1], string.format("%d", number))
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '\nRESULT {"requests":%d,"bytes":%d,"microseconds":%d,"not_2xx":%d,"socket_errors":%d,'
            .. '"p50_us":%d,"p99_us":%d}\n',
        summary.requests, summary.bytes, summary.duration, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
