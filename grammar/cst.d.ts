import type { CstNode, ICstVisitor, IToken } from "chevrotain";

export interface DocumentCstNode extends CstNode {
  name: "document";
  children: DocumentCstChildren;
}

export type DocumentCstChildren = {
  field?: FieldCstNode[];
  stray?: StrayCstNode[];
  strayCloser?: StrayCloserCstNode[];
};

export interface FieldCstNode extends CstNode {
  name: "field";
  children: FieldCstChildren;
}

export type FieldCstChildren = {
  name?: IToken[];
  extensionName?: ExtensionNameCstNode[];
  Colon?: IToken[];
  Text?: (IToken)[];
  Numeric?: (IToken)[];
  message?: MessageCstNode[];
  Identifier?: (IToken)[];
  Minus?: IToken[];
  list?: ListCstNode[];
  Separator?: IToken[];
};

export interface ExtensionNameCstNode extends CstNode {
  name: "extensionName";
  children: ExtensionNameCstChildren;
}

export type ExtensionNameCstChildren = {
  LBracket: IToken[];
  Identifier: (IToken)[];
  Dot?: IToken[];
  Slash?: IToken[];
  RBracket: IToken[];
};

export interface MessageCstNode extends CstNode {
  name: "message";
  children: MessageCstChildren;
}

export type MessageCstChildren = {
  MessageOpener: IToken[];
  field?: FieldCstNode[];
  stray?: StrayCstNode[];
  MessageCloser?: IToken[];
};

export interface ListCstNode extends CstNode {
  name: "list";
  children: ListCstChildren;
}

export type ListCstChildren = {
  LBracket: IToken[];
  RBracket?: (IToken)[];
  element?: (ElementCstNode)[];
  Comma?: IToken[];
  elementWithoutComma?: ElementWithoutCommaCstNode[];
  strayInList?: StrayInListCstNode[];
};

export interface ElementCstNode extends CstNode {
  name: "element";
  children: ElementCstChildren;
}

export type ElementCstChildren = {
  Numeric?: (IToken)[];
  Text?: (IToken)[];
  message?: MessageCstNode[];
  Identifier?: (IToken)[];
  Minus?: IToken[];
};

export interface ElementWithoutCommaCstNode extends CstNode {
  name: "elementWithoutComma";
  children: ElementWithoutCommaCstChildren;
}

export type ElementWithoutCommaCstChildren = {
  Numeric?: (IToken)[];
  Text?: (IToken)[];
  message?: MessageCstNode[];
  Identifier?: (IToken)[];
  Minus?: IToken[];
};

export interface StrayInListCstNode extends CstNode {
  name: "strayInList";
  children: StrayInListCstChildren;
}

export type StrayInListCstChildren = {
  ListStray: IToken[];
  Numeric?: (IToken)[];
  Text?: (IToken)[];
  message?: MessageCstNode[];
  Identifier?: (IToken)[];
  Minus?: IToken[];
};

export interface StrayCstNode extends CstNode {
  name: "stray";
  children: StrayCstChildren;
}

export type StrayCstChildren = {
  Stray: IToken[];
};

export interface StrayCloserCstNode extends CstNode {
  name: "strayCloser";
  children: StrayCloserCstChildren;
}

export type StrayCloserCstChildren = {
  MessageCloser: IToken[];
};

export interface TextFormatVisitor<IN, OUT> extends ICstVisitor<IN, OUT> {
  document(children: DocumentCstChildren, param?: IN): OUT;
  field(children: FieldCstChildren, param?: IN): OUT;
  extensionName(children: ExtensionNameCstChildren, param?: IN): OUT;
  message(children: MessageCstChildren, param?: IN): OUT;
  list(children: ListCstChildren, param?: IN): OUT;
  element(children: ElementCstChildren, param?: IN): OUT;
  elementWithoutComma(children: ElementWithoutCommaCstChildren, param?: IN): OUT;
  strayInList(children: StrayInListCstChildren, param?: IN): OUT;
  stray(children: StrayCstChildren, param?: IN): OUT;
  strayCloser(children: StrayCloserCstChildren, param?: IN): OUT;
}
