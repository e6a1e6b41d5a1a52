/** Lines that Junos prints around an output and that are no part of it: cluster nodes, edit levels, marks of the CLI. */

const MARK =
  /^\s*(?:(?:\{(?:primary|secondary|master|backup|hold|linecard|disabled)[^{}]{0,20}\}(?:\[edit.{0,200}\])?|\[edit(?: .{0,200})?\]|(?:node|fpc|re)\d{1,2}:|-{20,}|---\(more.{0,12}\)---)\s*)?$/;

/** Whether a line is blank or such a mark. */
export function isMark(text: string): boolean {
  return MARK.test(text);
}
