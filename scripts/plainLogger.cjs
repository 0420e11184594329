// Takes the place of VS Code's native logger (@vscode/spdlog), which needs a compiler. Without it VS Code's server
// keeps no log and the output of extensions stays empty. Same interface, plain appends, no rotation: runs are short.
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const levels = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 2;
    this.plain = false;
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, "");
  }
  write(level, message) {
    if (level < this.level) return;
    // As VS Code's own pattern: 2026-01-31 12:34:56.789 [info] text.
    const time = new Date().toISOString().replace("T", " ").slice(0, 23);
    try {
      appendFileSync(this.file, this.plain ? String(message) : `${time} [${levels[level]}] ${message}\n`);
    } catch {
      // The profile's folder has been removed: nobody will read this.
    }
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    this.plain = false;
  }
  clearFormatters() {
    this.plain = true;
  }
  flush() {}
  drop() {}
}
levels.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    this.write(level, message);
  };
});

const createLogger = async (name, file) => new Logger("", name, file);
// One by one: VS Code imports this from an ES module, which sees only such exports by name.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
