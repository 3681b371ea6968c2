package text

// systemJA: オペレーティングシステムが返すエラー。
var systemJA = map[string]string{
	"system.not-exist":             "ファイルまたはディレクトリがありません",
	"system.permission":            "権限がありません",
	"system.exist":                 "すでに存在します",
	"system.is-directory":          "ディレクトリです",
	"system.not-directory":         "パスの途中がディレクトリではありません",
	"system.no-space":              "ディスクの空き容量がありません",
	"system.read-only":             "ファイルシステムが読み取り専用です",
	"system.address-in-use":        "ほかのプログラムがすでに使用しています",
	"system.address-not-available": "このコンピューターにないアドレスです",
	"system.timeout":               "時間がかかりすぎました",
	"system.busy":                  "ほかのプロセスが使用しています。もう一度実行してください",
	"system.encoding":              "UTF-8でも、BOM付きのUTF-16でもありません",
}
