const NAME = 'refledger-verify';

/** The contents of all `<meta name="refledger-verify">` in the head of a page, whatever the order of attributes. */
export function readMetaTokens(html: string): string[] {
  const head = withoutComments(html).split(/<body[\s>]/i, 1)[0] ?? '';
  // Neither sign inside the brackets: the search stays linear on a page made to slow it down.
  const tags = head.match(/<meta\s[^<>]*>/gi) ?? [];
  return tags.flatMap((tag) => {
    const content = attributeOf(tag, 'content');
    return attributeOf(tag, 'name') === NAME && content !== undefined ? [content.trim()] : [];
  });
}

function withoutComments(html: string): string {
  return html
    .split('<!--')
    .map((part, index) => {
      if (index === 0) return part;
      const end = part.indexOf('-->');
      return end === -1 ? '' : part.slice(end + '-->'.length);
    })
    .join('');
}

function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  return found?.[1] ?? found?.[2] ?? found?.[3];
}
