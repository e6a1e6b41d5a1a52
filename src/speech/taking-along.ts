/** What to do where a code takes no case along: no such case, a wrong code and a closed case are told alike. */
export function takesNothingAlong(caseId: string): string {
  return `That code takes no case ${caseId} along. A code ends when its case has moved, and a closed case is reopened first: say “take it along” where the case is now, and use the code that it answers.`;
}
