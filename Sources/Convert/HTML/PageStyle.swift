/// The style sheet of a page: one column that fits a phone, light or dark as the reader's system is.
enum PageStyle {
  static let css = """
    :root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --page: #ffffff; --panel: #f6f8fa; --line: #d1d9e0;
      --link: #0969da; --accent: #4a7dbd; --bad: #b3261e; --k: #8b2c9c; --o: #0550ae; --n: #0550ae; --s: #0a6b3d; --c: #6a737d;
      --d: #7a4100; --a: #7a4100; }
    @media (prefers-color-scheme: dark) { :root { --text: #e2e6ea; --soft: #9aa4ae; --page: #15181c; --panel: #1e2329;
      --line: #353c44; --link: #6cb2ff; --accent: #6f9fd8; --bad: #ff8a80; --k: #d79be8; --o: #8cc0ff; --n: #8cc0ff; --s: #8fd3a4;
      --c: #8b949e; --d: #f0b37a; --a: #f0b37a; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
    body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 50rem; color: var(--text); background: var(--page);
      font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word; }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2rem 0 .75rem; }
    h1 { font-size: 1.9rem; margin-top: .5rem; } h2 { font-size: 1.45rem; } h3 { font-size: 1.2rem; } h4, h5, h6 { font-size: 1rem; }
    p, ul, ol, blockquote, pre, .table, details { margin: .8rem 0; }
    a { color: var(--link); } img { max-width: 100%; height: auto; }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
    blockquote { margin-left: 0; padding: .1rem 1rem; border-left: .25rem solid var(--line); color: var(--soft); }
    code, pre { font-family: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em; }
    :not(pre) > code { padding: .1em .3em; border-radius: .3em; background: var(--panel); }
    pre { margin: 0; padding: .75rem 1rem; overflow-x: auto; line-height: 1.45; tab-size: 4; font-size: .875rem; }
    pre code { font-size: inherit; }
    pre.code { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; }
    .table { overflow-x: auto; } table { border-collapse: collapse; } th, td { padding: .3rem .7rem; border: 1px solid var(--line); }
    th { background: var(--panel); }
    li.task { list-style: none; margin-left: -1.4em; }
    .cell { margin: 1rem 0; }
    .cell > .name { font-size: .8rem; color: var(--soft); margin: 0 0 .25rem .1rem; }
    .cell > pre.code { border-left: .25rem solid var(--accent); }
    .output { border-left: .25rem solid transparent; padding: .5rem 1rem 0; }
    .output img { display: block; margin-top: .5rem; }
    .error { color: var(--bad); }
    .raw { color: var(--soft); }
    .k { color: var(--k); } .o { color: var(--o); } .n { color: var(--n); } .s { color: var(--s); }
    .c { color: var(--c); font-style: italic; } .d { color: var(--d); } .a { color: var(--a); }
    kbd { padding: .05em .4em; border: 1px solid var(--line); border-radius: .3em; font-size: .85em; }
    math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", math, serif; font-size: 1.08em; }
    mtd.l { text-align: left; text-align: -webkit-left; } mtd.r { text-align: right; text-align: -webkit-right; }
    math[display="block"] { margin: .8rem 0; overflow-x: auto; overflow-y: hidden; }
    .contents { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; }
    .contents summary { cursor: pointer; color: var(--soft); } .contents ul { padding-left: 1.2rem; margin: .4rem 0; list-style: none; }
    .contents .h3 { padding-left: 1.2rem; }
    footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--soft); }
    @media (max-width: 36rem) { body { padding: 1rem .8rem 3rem; font-size: 1rem; } h1 { font-size: 1.6rem; } pre { padding: .6rem .7rem;
      font-size: .8125rem; } .output { padding-left: .7rem; padding-right: 0; } }
    @media print { body { max-width: none; } footer, .contents { display: none; } pre { white-space: pre-wrap; } }

    """
}
