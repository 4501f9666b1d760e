-- POSTs the lines of a file in turn, each with a number of ten digits that is never used twice in
-- place of @@@@@@@@@@. Requests are put together once: a call costs one concatenation here.
-- Run as: wrk OPTIONS -s post.lua URL -- LINES HEADERS THREADS [SESSIONS]
--   HEADERS   a file of "name: value" lines that every request carries
--   THREADS   how many wrk runs
--   SESSIONS  a file of session ids, one a line: each request belongs to the next one. Each thread has
--             its own part of them, so that an id comes again only after all others of that part.

local MARK = "@@@@@@@@@@"
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("thread_number", threads)
end

local function read_headers(file)
    local headers = {}
    for line in io.lines(file) do
        local name, value = line:match("^([^:]+): (.*)$")
        headers[name] = value
    end
    return headers
end

local function pieces_of(request)
    local pieces = {}
    local rest = request
    while true do
        local from, to = rest:find(MARK, 1, true)
        if not from then break end
        pieces[#pieces + 1] = rest:sub(1, from - 1)
        rest = rest:sub(to + 1)
    end
    pieces[#pieces + 1] = rest
    return pieces
end

function init(arguments)
    local headers = read_headers(arguments[2])
    templates = {}
    local function add_lines()
        for line in io.lines(arguments[1]) do
            templates[#templates + 1] = pieces_of(wrk.format("POST", nil, headers, line))
        end
    end
    if arguments[4] then
        local all, count = tonumber(arguments[3]), 0
        for session in io.lines(arguments[4]) do
            count = count + 1
            if count % all + 1 == thread_number then
                headers["Mcp-Session-Id"] = session
                add_lines()
            end
        end
    else
        add_lines()
    end
    number = thread_number * 1000000000
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
