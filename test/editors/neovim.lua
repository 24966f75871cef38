-- Neovim as a client of the language server: opens a file with mistakes, asks for what an editor asks for, and says whether
-- the answers are good. Run by neovim.sh in a copy of the examples; INIT is the set-up that docs/editors.md gives.

local checks = 0

local function fail(what, seen)
  error(what .. (seen == nil and '' or '; last seen: ' .. vim.inspect(seen)), 0)
end

local function check(what, good, seen)
  if not good then fail(what, seen) end
  checks = checks + 1
  io.stdout:write('  ok ' .. what .. '\n')
end

--- Waits, with Neovim's own loop running, until `ask` gives a true value.
local function eventually(what, ask)
  local seen
  local ok = vim.wait(20000, function()
    seen = ask()
    return seen
  end, 50)
  check(what, ok, seen)
  return seen
end

--- Zero-based line and column right after the first occurrence of a text.
local function after(text)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local _, stop = line:find(text, 1, true)
    if stop then return i - 1, stop end
  end
  fail('no "' .. text .. '" in the buffer')
end

--- The client of the buffer: the one of the documented set-up, which Neovim has the means for since 0.8.
local function client()
  if vim.lsp.start then return (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1] end
  local id = vim.lsp.start_client({
    name = 'canton_kms',
    cmd = { 'canton-kms', 'lsp', '--stdio' },
    root_dir = vim.fn.getcwd(),
    workspace_folders = { { uri = vim.uri_from_fname(vim.fn.getcwd()), name = 'examples' } },
  })
  vim.lsp.buf_attach_client(0, id)
  return vim.lsp.get_client_by_id(id)
end

local function request(id, method, params)
  local answers, problem = vim.lsp.buf_request_sync(0, method, params, 10000)
  if not answers then fail(method .. ': ' .. tostring(problem)) end
  local answer = answers[id] or {}
  -- Neovim up to 0.10 says `error`, later ones `err`.
  local err = answer.error or answer.err
  if err then fail(method .. ': ' .. vim.inspect(err)) end
  return answer.result
end

local function at(line, character)
  return {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = line, character = character },
  }
end

local function diagnostic_at(text)
  local line = after(text)
  for _, one in ipairs(vim.diagnostic.get(0)) do
    if one.lnum == line and one.message:find(text, 1, true) then return one end
  end
end

local function run()
  if vim.lsp.start then dofile(vim.env.INIT) end
  vim.cmd('edit mistakes.conf')
  local server = eventually('the server is started', client)
  local id, encoding = server.id, server.offset_encoding

  local misspelt = eventually('the misspelt key is reported', function() return diagnostic_at('regoin') end)
  check('as an error with its code', misspelt.severity == vim.diagnostic.severity.ERROR
    and misspelt.user_data.lsp.code == 'read/unknown-key', misspelt)

  local line, column = after('type = aws')
  vim.api.nvim_buf_set_lines(0, line + 1, line + 1, false, { '      ' })
  local completion = request(id, 'textDocument/completion', at(line + 1, 6))
  local labels = vim.tbl_map(function(item) return item.label end, completion.items or completion)
  check('completion offers a key that is missing', vim.tbl_contains(labels, 'region'), labels)
  check('and none of another provider', not vim.tbl_contains(labels, 'key-ring-id'), labels)
  vim.api.nvim_buf_set_lines(0, line + 1, line + 2, false, {})

  line, column = after('provider = K')
  local hover = request(id, 'textDocument/hover', at(line, column - 6))
  check('hover explains a key', hover.contents.value:find('crypto.provider', 1, true), hover)

  line, column = after('${_shared.sto')
  local definition = request(id, 'textDocument/definition', at(line, column))[1]
  check('definition leads into the included file', definition.uri:find('shared/storage.conf', 1, true), definition)

  line = after('provider = K')
  local tidy = vim.api.nvim_buf_get_lines(0, line, line + 1, false)[1]
  vim.api.nvim_buf_set_lines(0, line, line + 1, false, { '  ' .. tidy:gsub(' = ', '=') .. '  ' })
  local edits = request(id, 'textDocument/formatting', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    options = { tabSize = 2, insertSpaces = true },
  })
  vim.lsp.util.apply_text_edits(edits, vim.api.nvim_get_current_buf(), encoding)
  local formatted = vim.api.nvim_buf_get_lines(0, line, line + 1, false)[1]
  check('formatting mends an untidy line', formatted:find('^    provider') and not formatted:find('%s$'), formatted)

  line, column = after('regoin')
  misspelt = eventually('problems follow edits', function() return diagnostic_at('regoin') end)
  local actions = request(id, 'textDocument/codeAction', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = { start = { line = line, character = column - 1 }, ['end'] = { line = line, character = column - 1 } },
    context = { diagnostics = { misspelt.user_data.lsp } },
  })
  local fix
  for _, action in ipairs(actions) do
    if action.kind == 'quickfix' and action.title:find('region', 1, true) then fix = fix or action end
  end
  check('a quick fix is offered', fix, actions)
  vim.lsp.util.apply_workspace_edit(fix.edit, encoding)
  eventually('after which the problem is gone', function()
    for _, one in ipairs(vim.diagnostic.get(0)) do
      if one.message:find('regoin', 1, true) then return false end
    end
    return #vim.diagnostic.get(0) > 0
  end)
end

local ok, problem = pcall(run)
if ok then
  local version = vim.version()
  io.stdout:write(('  %d checks passed in Neovim %d.%d.%d\n'):format(checks, version.major, version.minor, version.patch))
  vim.cmd('qall!')
else
  io.stdout:write('  FAILED ' .. tostring(problem) .. '\n')
  vim.cmd('cquit 1')
end
