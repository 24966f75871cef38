/** Tells the reporter's lines from what else VS Code writes to the console; the runner takes it off. */
export const MARK = 'e2e| ';
