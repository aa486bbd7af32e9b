// What somebody typed and no server has yet, kept in this browser. Keys begin with "qms-": signing out clears those.

export const keptUnder = (key) => ({
  read() {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  keep(typed) {
    try {
      localStorage.setItem(key, JSON.stringify(typed));
    } catch {
      // A full or forbidden store: the page itself still holds the text.
    }
  },
  drop() {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
});

export const clearKept = () => {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("qms-")) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
};
