-- A sender's message, everything that follows from it at once, in one step:
-- the entry, the safety lines, danger, the queue, the work.
if not open(a.conversation) then return {'unknown', {}, {}, 0} end

-- Sent again: the same numbers, and nothing changes.
local held = redis.call('HGET', K.ids, a.id)
if held then
  local seq, many, digest = held:match('^(%d+) (%d+) (.*)$')
  if digest ~= '*' and digest ~= a.digest then return answer('conflict', tonumber(seq)) end
  out = redis.call('LRANGE', K.log, seq - 1, seq - 2 + many)
  count(N.COUNT_REPEATED, 1)
  return answer('same', tonumber(seq))
end

if a.operator then
  if S.owner == 'closed' then return answer('closed') end
  if S.owner ~= 'operator:' .. a.operator then return answer('refused') end
else
  if a.expected_length >= 0 and a.expected_length ~= num('length') then return answer('grown') end
  if S.owner == 'closed' and a.danger == 'none' then return answer('closed') end
end

local seq = append(a.message)
for _, line in ipairs(a.lines) do append(line) end
redis.call('HSET', K.ids, a.id, seq .. ' ' .. (1 + #a.lines) .. ' ' .. a.digest)
count(N.COUNT_MESSAGES, 1)

if not a.operator then
  set_all(a.changes)
  put('last_person', now); put('last_person_seq', seq)
  local rose = raise(a.danger)
  if rose then append(a.note_danger) end
  if S.owner == 'closed' then
    put('close_code', ''); put('close_by', ''); put('closed_at', '')
    not_due(N.RETAIN); count(N.COUNT_REOPENED, 1)
    to_queue(a.queue_why or a.default_why, a.note_reopen)
  elseif S.owner == 'bot' and (S.danger == 'now' or a.queue_why) then
    to_queue(a.queue_why or a.default_why, a.note_queue)
  elseif rose and a.queue_why then
    put('queue_why', a.queue_why)
  end
  watch_check(); not_due(N.NUDGE)
  -- NX: an item under lease keeps its lease, and its commit sees the new message.
  due(N.TURN, now, 'NX')
end
due(N.ARCHIVE, after(N.ARCHIVE_DELAY_MS), 'LT')
save()
return answer('new', seq)
