-- The lowest due work of the kinds asked for. Its score becomes the end of the
-- lease: a dead worker's item is simply due again. `turn` is the fence.
local wanted = {}
for _, kind in ipairs(a.kinds) do wanted[kind] = true end
local offset = 0
while true do
  local page = redis.call('ZRANGEBYSCORE', work, '-inf', now, 'LIMIT', offset, 100)
  if #page == 0 then return false end
  offset = offset + #page
  for _, member in ipairs(page) do
    local kind, id = member:match('^([%l_]+):(.*)$')
    if wanted[kind] then
      local idle = not open(id)
      if kind == N.TURN and not idle then
        idle = num('cursor') >= num('last_person_seq') or S.owner == 'closed'
      end
      if idle then
        redis.call('ZREM', work, member)
        offset = offset - 1
      else
        -- A thousandth of a millisecond part makes each lease its own number, so
        -- that `finish` can tell its own lease from a later one of the same moment.
        local takes = redis.call('HINCRBY', counters, N.COUNT_TAKES, 1)
        local lease = string.format('%.3f', tonumber(now) + a.lease + (takes % 1000) / 1000)
        redis.call('ZADD', work, lease, member)
        count(N.COUNT_TAKES .. '_' .. kind, 1)
        local pending, tracker = {}, false
        if kind == N.TURN then
          put('turn', num('turn') + 1); put('tries', num('tries') + 1)
          redis.call('HSET', K.state, 'turn', S.turn, 'tries', S.tries)
          pending = redis.call('LRANGE', K.log, num('cursor'), -1)
          tracker = redis.call('GET', K.tracker)
        end
        return {kind, id, lease, redis.call('HGETALL', K.state),
          redis.call('GET', K.draft), tracker, pending}
      end
    end
  end
end
