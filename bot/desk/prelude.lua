-- Shared by the four scripts. `N` (names and limits) is generated from names.py
-- and stands before this text. ARGV[1] = key prefix, ARGV[2] = now in ms (text:
-- Lua would print it as 1.7e+12), ARGV[3] = arguments as JSON.
local prefix, now, a = ARGV[1], ARGV[2], cjson.decode(ARGV[3])
local RANK = {none = 0, check = 1, now = 2}
local work, attended = prefix .. N.WORK, prefix .. N.ATTENDED
local refs, counters = prefix .. N.REFS, prefix .. N.COUNTERS
local conv, K, S, dirty, out

-- Reads the conversation's state into S; false when there is none.
local function open(id)
  conv, K, S, dirty, out = id, {}, {}, {}, {}
  for _, suffix in ipairs(N.CONVERSATION_SUFFIXES) do
    K[suffix] = prefix .. 'c:' .. id .. ':' .. suffix
  end
  local flat = redis.call('HGETALL', K.state)
  for i = 1, #flat, 2 do S[flat[i]] = flat[i + 1] end
  return #flat > 0
end

local function put(field, value)
  value = tostring(value)
  if N.LATCHED[field] and S[field] == '1' then return end
  if S[field] ~= value then S[field] = value; dirty[field] = value end
end

local function num(field) return tonumber(S[field] or '') or 0 end
local function after(ms) return string.format('%.0f', tonumber(now) + ms) end
local function count(name, by)
  if by ~= 0 then redis.call('HINCRBY', counters, name, by) end
end

local function due(kind, at, how)
  local member = kind .. ':' .. conv
  if how then redis.call('ZADD', work, how, at, member)
  else redis.call('ZADD', work, at, member) end
end
local function not_due(kind) redis.call('ZREM', work, kind .. ':' .. conv) end

-- Appends one entry. Its content hash was made by the caller; the order, so the
-- number and the chain, is known only here.
local function append(item)
  local seq = redis.call('LLEN', K.log) + 1
  local chain = redis.sha1hex(table.concat({S.chain or '', seq, now, item.hash}, '|'))
  local text = '{"seq":' .. seq .. ',"ts":' .. now .. ',"hash":"' .. item.hash ..
    '","chain":"' .. chain .. '","entry":' .. item.body .. '}'
  redis.call('RPUSH', K.log, text)
  put('chain', chain); put('length', seq)
  out[#out + 1] = text
  return seq
end

-- Danger only rises here; the peak never falls anywhere.
local function raise(danger)
  if RANK[danger] <= RANK[S.danger] then return false end
  put('danger', danger)
  if RANK[danger] > RANK[S.peak] then put('peak', danger) end
  if S.peak == 'now' and S.owner == 'queue' then put('queued_danger', 1) end
  return true
end

local function to_queue(why, note)
  put('owner', 'queue'); put('queued', 1); put('queue_why', why)
  put('queue_since', now) -- from bot or closed only, so this is the first waiting time
  if S.peak == 'now' then put('queued_danger', 1) end
  redis.call('SADD', attended, conv)
  not_due(N.CHECK_WAIT); not_due(N.NUDGE)
  count(N.COUNT_QUEUED, 1)
  append(note)
end

-- A check question that stays without an answer has its own due time.
local function watch_check()
  if S.danger == 'check' and (S.check_answer or '') == '' and S.owner == 'bot' then
    due(N.CHECK_WAIT, after(N.CHECK_WAIT_MS), 'NX')
  else
    not_due(N.CHECK_WAIT)
  end
end

local function set_all(changes)
  for field, value in pairs(changes) do put(field, value) end
end

-- Writes what changed and tells every gateway and worker to look.
local function save()
  local flat = {}
  for field, value in pairs(dirty) do flat[#flat + 1] = field; flat[#flat + 1] = value end
  if #flat > 0 then redis.call('HSET', K.state, unpack(flat)) end
  redis.call('PUBLISH', prefix .. N.WAKE, conv)
end

local function answer(status, extra)
  return {status, redis.call('HGETALL', K.state), out, extra or 0}
end
