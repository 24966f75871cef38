/** Distinguishes the reporter's lines from other console output of VS Code; the runner removes it. */
export const MARK = 'e2e| ';
