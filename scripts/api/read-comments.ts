import { readFileSync } from 'node:fs'
import ts from 'typescript'

/**
 * Doc comments of a module, by path: `Photo` for a constant, `Photo/width` for a property of the object that it describes,
 * `Change/2/to` for one of the third member of a union, `page/input/limit` for one of a procedure's input.
 */
export type Comments = Map<string, string>

const commentOf = (node: ts.Node): string | null => {
  const last = ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc)
  const text = last && ts.getTextOfJSDocComment(last.comment)
  return text ? text.replace(/\s*\n\s*/g, ' ').trim() : null
}

const nameOf = (property: ts.ObjectLiteralElementLike) =>
  property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
    ? property.name.text
    : null

/** Walks the expression that makes a schema or a procedure, and notes the comments on its parts. */
const walk = (node: ts.Expression, path: string, comments: Comments): void => {
  if (ts.isIdentifier(node)) take(node.text, path, comments)
  else if (ts.isCallExpression(node)) {
    const { expression } = node
    const method = ts.isPropertyAccessExpression(expression) ? expression.name.text : ''
    const side = method === 'input' || method === 'output' ? `${path}/${method}` : path
    for (const argument of node.arguments) walk(argument, side, comments)
    if (ts.isPropertyAccessExpression(expression)) walk(expression.expression, path, comments)
  } else if (ts.isArrayLiteralExpression(node)) {
    for (const [i, element] of node.elements.entries()) {
      note(element, `${path}/${i}`, comments)
      walk(element, `${path}/${i}`, comments)
    }
  } else if (ts.isObjectLiteralExpression(node))
    for (const property of node.properties) {
      const name = nameOf(property)
      if (name === null) continue
      note(property, `${path}/${name}`, comments)
      if (ts.isShorthandPropertyAssignment(property)) take(name, `${path}/${name}`, comments)
      if (ts.isPropertyAssignment(property)) walk(property.initializer, `${path}/${name}`, comments)
    }
}

/** What was said of the parts of a constant holds wherever that constant stands for a part of something else. */
const take = (name: string, path: string, comments: Comments) => {
  for (const [at, comment] of [...comments])
    if (at.startsWith(`${name}/`)) comments.set(path + at.slice(name.length), comment)
}

const note = (node: ts.Node, path: string, comments: Comments) => {
  const comment = commentOf(node)
  if (comment !== null) comments.set(path, comment)
}

/** The comments of a module's own constants. `extends`: which one another was made from, by `X.extend(…)`. */
export const readComments = (file: string): { comments: Comments; extending: Map<string, string> } => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const comments: Comments = new Map()
  const extending = new Map<string, string>()
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || !initializer) continue
      note(statement, name.text, comments)
      walk(initializer, name.text, comments)
      const base = /^(\w+)\s*\.extend\(/.exec(initializer.getText())?.[1]
      if (base) extending.set(name.text, base)
    }
  }
  return { comments, extending }
}
