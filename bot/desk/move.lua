-- Compare and set: everything that is neither a message nor a turn. The caller
-- read the state, asked the table of moves, and says what it saw (`expect`); if
-- that has changed, nothing is written and it asks again. ARGV[4] = draft or ''.
local there = open(a.conversation)
if a.create then
  if there then return answer('exists') end
  if a.reserve ~= '' and redis.call('HSETNX', refs, a.reserve, a.conversation) == 0 then
    return {'reference_taken', {}, {}, 0}
  end
elseif not there then
  if a.finish then redis.call('ZREM', work, a.finish.member) end
  return {'unknown', {}, {}, 0}
end
for field, value in pairs(a.expect) do
  if (S[field] or '') ~= value then return answer('changed') end
end

-- Only the holder of the lease may end or postpone a piece of work.
if a.finish then
  local score = redis.call('ZSCORE', work, a.finish.member)
  if not score or tonumber(score) ~= tonumber(a.finish.score) then return answer('changed') end
  if a.finish.again ~= '' then redis.call('ZADD', work, a.finish.again, a.finish.member)
  else redis.call('ZREM', work, a.finish.member) end
end

local before = S.peak
set_all(a.set)
if before and RANK[S.peak] < RANK[before] then put('peak', before) end
for _, item in ipairs(a.lines) do append(item) end
for _, change in ipairs(a.rewrite) do redis.call('LSET', K.log, change.seq - 1, change.text) end
if a.forget_digests then
  for _, id in ipairs(redis.call('HKEYS', K.ids)) do
    local held = redis.call('HGET', K.ids, id)
    redis.call('HSET', K.ids, id, (held:gsub('^(%d+ %d+) .*$', '%1 *')))
  end
  redis.call('DEL', K.tracker, K.history)
end
if ARGV[4] ~= '' then redis.call('SET', K.draft, ARGV[4]) end
for _, item in ipairs(a.due) do due(item.kind, item.at, item.how ~= '' and item.how or nil) end
for _, kind in ipairs(a.not_due) do not_due(kind) end
if S.owner == 'queue' or S.owner:sub(1, 9) == 'operator:' then redis.call('SADD', attended, conv)
else redis.call('SREM', attended, conv) end
for name, by in pairs(a.count) do count(name, by) end
if a.quiet then
  local flat = {}
  for field, value in pairs(dirty) do flat[#flat + 1] = field; flat[#flat + 1] = value end
  if #flat > 0 then redis.call('HSET', K.state, unpack(flat)) end
else
  save()
end
return answer('ok')
