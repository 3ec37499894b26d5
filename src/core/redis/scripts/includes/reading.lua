--[[
  What functions that only read have in common. What they read may have been written by hand by a member who may modify the album:
  they answer in one shape whatever stands there, and never with more bytes than a value of that kind can have, as the
  answer is put together in the memory of the caller.
]]

-- Of a key that has another type than it should.
local damaged = -1

-- The answer of a command; `damaged` where the key is of another type. A refusal is passed on.
local function ask(...)
  local answer = redis.pcall(...)
  if type(answer) == 'table' and answer.err then
    if string.find(answer.err, 'WRONGTYPE', 1, true) then return damaged end
    error(answer)
  end
  return answer
end

-- Many values go as one text of JSON: an answer of as many parts takes Redis and the caller twice as long as reading them.
-- An empty list, of which this cjson makes an object, is 0.
local function pack(answers)
  for n, answer in ipairs(answers) do
    if type(answer) == 'table' and #answer == 0 then answers[n] = 0 end
  end
  return #answers == 0 and '[]' or cjson.encode(answers)
end

local function is_id(text)
  return #text == 10 and not string.find(text, '%W')
end

-- An album's id as its account and its random part make it (schemas/ids.ts, AlbumId).
local function is_album_id(text)
  return #text <= 49 and string.find(text, '^[a-z0-9][a-z0-9._-]*~%w%w%w%w%w%w+$') ~= nil
end

-- A collection's id (schemas/ids.ts, CollectionId).
local function is_collection_id(text)
  return #text <= 46 and string.find(text, '^[a-z0-9][a-z0-9._-]*~%w*%-%w%w%w%w%w%w%w%w$') ~= nil
end
