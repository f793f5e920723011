-- One turn of the bot, whole or not at all. ARGV[4] = draft, ARGV[5] = tracker,
-- then the new tracker events.
if not open(a.conversation) then return {'stale', {}, {}, 0} end
if num('turn') ~= a.turn then
  count(N.COUNT_STALE, 1)
  return answer('stale')
end
if num('rev') ~= a.rev and S.owner ~= 'closed' then
  -- A handler edited the draft meanwhile. Theirs stays; the turn is done again on it.
  count(N.COUNT_STALE_DRAFT, 1)
  put('turn', num('turn') + 1); put('tries', math.max(0, num('tries') - 1))
  due(N.TURN, now)
  save()
  return answer('stale_draft')
end

-- Who may still speak: nobody under an operator, after close, or once it is not
-- safe to type; only safety lines when danger rose while the bot was thinking.
local mute = S.owner == 'closed' or S.owner:sub(1, 9) == 'operator:' or S.silenced == '1'
local rose = RANK[S.danger] > RANK[a.danger] or RANK[S.peak] > RANK[a.peak]
local dropped, said = 0, 0
for _, line in ipairs(a.lines) do
  if mute or (rose and not line.safety) then dropped = dropped + 1
  else append(line); said = said + 1 end
end
count(N.COUNT_DROPPED, dropped)

if S.owner ~= 'closed' then
  if redis.call('GET', K.draft) ~= ARGV[4] then
    redis.call('SET', K.draft, ARGV[4]); put('rev', num('rev') + 1)
  end
  if ARGV[5] ~= '' then redis.call('SET', K.tracker, ARGV[5]) end
  for i = 6, #ARGV do redis.call('RPUSH', K.history, ARGV[i]) end
  if #ARGV >= 6 then redis.call('LTRIM', K.history, -N.HISTORY_MAX, -1) end
end
set_all(a.fields)
if not (mute or rose) then set_all(a.asking) end
if a.reference and (S.reference or '') == '' then
  put('reference', a.reference); redis.call('HSET', refs, a.reference, conv)
end
put('cursor', math.max(num('cursor'), a.cursor))
put('turn', num('turn') + 1) -- a commit sent twice finds another number
put('tries', 0); put('fails', 0)
if said > 0 then put('last_bot', now) end

local more = num('last_person_seq') > num('cursor')
if S.owner == 'bot' then
  if a.queue_why then
    to_queue(a.queue_why, a.note_queue)
  elseif a.note_close and not more and S.danger == 'none' and S.suicide ~= '1'
    and (S.lost or '0') ~= '1' then
    put('owner', 'closed'); put('closed_at', now); put('close_by', 'bot')
    append(a.note_close)
    for _, kind in ipairs({N.CHECK_WAIT, N.NUDGE, N.LOST}) do not_due(kind) end
  elseif said > 0 and not more then
    due(N.NUDGE, after(N.NUDGE_MS))
  end
end
if more and S.owner ~= 'closed' then due(N.TURN, now) else not_due(N.TURN) end
due(N.ARCHIVE, after(N.ARCHIVE_DELAY_MS), 'LT')
count(N.COUNT_TURNS, 1)
save()
return answer(dropped > 0 and 'dropped' or 'ok', dropped)
