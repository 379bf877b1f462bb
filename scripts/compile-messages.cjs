/** A loader for the bundler: compiles the message catalogue, so that the browser needs no parser of it. */
module.exports = async function compileMessages(source) {
  const done = this.async();
  try {
    const { default: compile } = await import('icu-minify/compile');
    const walk = (node) =>
      typeof node === 'string'
        ? compile(node)
        : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
    done(null, `export default ${JSON.stringify(walk(JSON.parse(source)))}`);
  } catch (error) {
    done(error);
  }
};
