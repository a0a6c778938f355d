/** Documents for tests, by an HTML parser that follows the standard. */

import { type DefaultTreeAdapterTypes, type ParserError, parse } from "parse5";

export interface HtmlElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Of it and all within, without what is not shown. */
  readonly text: string;
  readonly children: readonly HtmlElement[];
  readonly parent: HtmlElement | undefined;
}

export interface HtmlDocument {
  /** What the standard says is wrong with the text. */
  readonly errors: readonly string[];
  /** In the order of the text. */
  readonly elements: readonly HtmlElement[];
  /** Those with a tag, and a class where one is given. */
  all(tag: string, className?: string): readonly HtmlElement[];
  byId(id: string): HtmlElement | undefined;
}

export function parseHtml(text: string): HtmlDocument {
  const errors: string[] = [];
  const onParseError = ({ code, startLine }: ParserError): void => {
    errors.push(`line ${startLine}: ${code}`);
  };
  const elements: HtmlElement[] = [];
  visit(parse(text, { onParseError, sourceCodeLocationInfo: true }), undefined, elements);
  return {
    errors,
    elements,
    all: (tag, className) =>
      elements.filter(
        (one) => one.tag === tag && (className === undefined || hasClass(one, className)),
      ),
    byId: (id) => elements.find(({ attributes }) => attributes.get("id") === id),
  };
}

export function hasClass({ attributes }: HtmlElement, className: string): boolean {
  return (attributes.get("class") ?? "").split(" ").includes(className);
}

/** An attribute that is a number. */
export function numberOf({ attributes, tag }: HtmlElement, name: string): number {
  const value = Number(attributes.get(name) ?? Number.NaN);
  if (Number.isNaN(value)) throw new Error(`expected a number ${name} of ${tag}`);
  return value;
}

/** Elements within, at any depth. */
export function within(element: HtmlElement): HtmlElement[] {
  return element.children.flatMap((child) => [child, ...within(child)]);
}

type Node = DefaultTreeAdapterTypes.Node;

function visit(node: Node, parent: HtmlElement | undefined, elements: HtmlElement[]): void {
  if (!("childNodes" in node)) return;
  if (!("tagName" in node)) {
    for (const child of node.childNodes) visit(child, parent, elements);
    return;
  }
  const children: HtmlElement[] = [];
  const element: HtmlElement = {
    tag: node.tagName,
    attributes: new Map(node.attrs.map(({ name, value }) => [name, value])),
    text: textOf(node),
    children,
    parent,
  };
  (parent?.children as HtmlElement[] | undefined)?.push(element);
  elements.push(element);
  for (const child of node.childNodes) visit(child, element, elements);
}

function textOf(node: Node): string {
  if ("value" in node && node.nodeName === "#text") return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

/** The cells of a table's body as text, by the name of its frame. */
export function tableRows({ elements }: HtmlDocument, name: string): string[][] {
  const frame = elements.find(({ attributes }) => attributes.get("aria-label") === name);
  if (frame === undefined) throw new Error(`no table ${name}`);
  return within(frame)
    .filter(({ tag, parent }) => tag === "tr" && parent?.tag === "tbody")
    .map(({ children }) => children.map(({ text }) => text));
}
