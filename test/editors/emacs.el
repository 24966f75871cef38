;;; emacs.el --- Emacs as a client of the language server -*- lexical-binding: t -*-
;; Opens a file with mistakes, asks for what an editor asks for, and says whether the answers are good. Run by emacs.sh in a copy
;; of the examples, after the set-up that docs/editors.md gives.

(require 'eglot)
(require 'flymake)

(defun checks (what good seen)
  (unless good
    (princ (format "  FAILED %s; last seen: %S\n" what seen))
    (kill-emacs 1))
  (princ (format "  ok %s\n" what)))

(defun eventually (what ask)
  "Wait for ASK to give something, with the loop of Emacs running."
  (let ((tries 0) (seen nil))
    (while (and (not (setq seen (funcall ask))) (< tries 400))
      (accept-process-output nil 0.05)
      (setq tries (1+ tries)))
    (checks what seen seen)
    seen))

(defun ask (method &rest params)
  (jsonrpc-request (eglot-current-server) method
                   (append (list :textDocument (eglot--TextDocumentIdentifier)) params)))

(defun put-after (text)
  (goto-char (point-min))
  (search-forward text))

(find-file "nginx.conf")
(checks "another .conf is left alone" (not (eq major-mode 'canton-conf-mode)) major-mode)
(find-file "mistakes.conf")
(checks "the mode of a Canton configuration" (eq major-mode 'canton-conf-mode) major-mode)
(run-hooks 'post-command-hook)
(eventually "the server starts" #'eglot-current-server)
(flymake-mode 1)
(defun about (text)
  (seq-find (lambda (one) (string-match-p (regexp-quote text) (flymake-diagnostic-text one))) (flymake-diagnostics)))
(eventually "problems are shown" (lambda () (flymake-start) (about "regoin")))
(checks "the problem is at its key"
        (save-excursion
          (goto-char (flymake-diagnostic-beg (about "Unknown key 'regoin'")))
          (looking-at "regoin"))
        (flymake-diagnostics))
(put-after "type = aw")
(checks "hover explains a key"
        (string-match-p "aws" (format "%S" (ask :textDocument/hover :position (eglot--pos-to-lsp-position))))
        nil)
(put-after "      multiRegionKey = true\n")
(checks "completion offers keys"
        (string-match-p "\"audit-logging\"" (format "%S" (ask :textDocument/completion :position (eglot--pos-to-lsp-position))))
        nil)
(put-after "${_shared.stor")
(checks "definition goes to the included file"
        (string-match-p "shared/storage.conf" (format "%S" (ask :textDocument/definition :position (eglot--pos-to-lsp-position))))
        nil)
(put-after "regoi")
(let ((fix (seq-find (lambda (one) (string-match-p "region" (plist-get one :title)))
                     (eglot-code-actions (point) (1+ (point)) "quickfix"))))
  (checks "a quick fix is offered" fix fix)
  (eglot--apply-workspace-edit (plist-get fix :edit)))
(checks "the quick fix changes the text" (progn (goto-char (point-min)) (search-forward "      region = us-east-1" nil t)) (buffer-string))
(put-after "      region = us-east-1")
(beginning-of-line)
(insert "      ")
(eglot-format-buffer)
(goto-char (point-min))
(checks "formatting indents" (search-forward "\n      region = us-east-1" nil t) (buffer-string))
(set-buffer-modified-p nil)
(princ "Emacs: all answers are good\n")
(kill-emacs 0)
