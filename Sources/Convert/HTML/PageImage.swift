import Notebook

/// Images as part of a page.
enum PageImage {
  /// A `data:` address with the bytes of an image; nil for what is none, or lies elsewhere.
  static func dataAddress(of source: String, file: (String) -> [UInt8]?) -> String? {
    if source.hasPrefix("data:image/") { return Markup.escape(source) }
    let path = decoded(source.hasPrefix("./") ? String(source.dropFirst(2)) : source)
    guard let ending = path.split(separator: ".").last?.lowercased(),
      let mediaType = JupyterOutputs.mediaType(ofEnding: ending), let bytes = file(path)
    else { return nil }
    return "data:\(mediaType);base64,\(Base64.encode(bytes))"
  }

  /// `%20` as the character it stands for.
  private static func decoded(_ address: String) -> String {
    guard address.contains("%") else { return address }
    let bytes = Array(address.utf8)
    var result: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "%"), i + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[(i + 1)...(i + 2)], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        i += 3
      } else {
        result.append(bytes[i])
        i += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
