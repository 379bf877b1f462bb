/** What a server of a test waits at before it answers; open at first. */
export function createGate() {
  let opened = Promise.resolve();
  return {
    pass: () => opened,
    /** Nothing is answered until the function that it gives is called. */
    hold(): () => void {
      let open: () => void = () => undefined;
      opened = new Promise((resolve) => {
        open = resolve;
      });
      return () => open();
    },
  };
}
