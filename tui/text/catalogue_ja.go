package text

// catalogueJA: 代替テキスト、タグ、作成者とその検索。
var catalogueJA = map[string]string{
	"help.catalogue.short": "代替テキスト、タグ、作成者をカタログから書き出し、読み込みます",
	"help.catalogue.long":  "S3にはないメディアの情報（代替テキスト、タグ、作成者）です。このコンピューター上の1つのファイル、または MEDIADOCK_CATALOGUE で指定したPostgreSQLサーバーに保存されます。これらのコマンドはバケットの読み取りも変更も行いません。",
	"help.catalogue.example": `mediadock catalogue export -c prod --output prod.json
mediadock catalogue import prod.json -c prod --dry-run`,

	"help.catalogue.export.short":       "代替テキスト、タグ、作成者をファイルに書き出します",
	"help.catalogue.export.long":        "接続のメディアについて入力された情報をすべて書き出します。形式はJSON、または表計算ソフト向けのCSVです。",
	"help.catalogue.export.example":     `mediadock catalogue export --format csv --output prod.csv`,
	"help.catalogue.export.flag.format": "形式 `FORMAT`：json または csv",

	"help.catalogue.import.short": "代替テキスト、タグ、作成者をファイルから読み込みます",
	"help.catalogue.import.long":  "export で書き出したファイルを読み込みます。ファイルに誤りがある場合は何も読み込みません。ファイルに書かれていない項目はそのまま残ります。",
	"help.catalogue.import.example": `mediadock catalogue import prod.json --dry-run
mediadock catalogue import prod.json`,

	"help.media.ls.flag.search":         "名前、代替テキスト、タグ、作成者に `TEXT` を含むファイルを新しい順に表示します",
	"help.media.ls.flag.tag":            "この `TAG` が付いたファイル（複数指定した場合はすべてが付いたもの）",
	"help.media.ls.flag.creator":        "この `CREATOR` のファイル",
	"help.media.ls.flag.kind":           "種類 `KIND` のファイル：image、video、audio、pdf、text、other",
	"help.media.ls.flag.missing-alt":    "代替テキストのない画像",
	"help.media.ls.flag.suspicious-alt": "代替テキストが疑わしい画像（ファイル名、TODO、URLなど）",
	"help.media.ls.flag.private-data":   "個人に関する情報をアップロード時にどう扱ったか `DECIDED` で絞り込みます：kept（意図して残した）、undecided（確認なし）、stays（取り除けない）、removed（取り除いた）",
	"help.media.ls.flag.refresh":        "検索の前にバケット全体を読み直します",

	"help.media.set.short":            "ファイルの代替テキスト、タグ、作成者を設定します",
	"help.media.set.long":             "ファイルについての情報を設定します。S3ではなくこのコンピューターのカタログに保存されるため、オブジェクト、その日時、URLは変わりません。空の値を指定すると削除されます。",
	"help.media.set.example":          `mediadock media set hero.jpg --alt "満開の桜" --tag 春,hero`,
	"help.media.set.flag.alt":         "代替テキスト `TEXT`",
	"help.media.set.flag.tag":         "タグ `TAG` をすべて指定します（繰り返すか、コンマで区切ります）",
	"help.media.set.flag.decorative":  "装飾画像とします（代替テキストは意図的に空）",
	"help.media.set.flag.alt-checked": "不自然に見えても、この代替テキストで正しいことを記録します",
	"help.media.set.flag.creator":     "作成者 `CREATOR`",

	"cmd.info.alt":      "代替テキスト",
	"cmd.info.alt_mark": "代替テキストの印",
	"cmd.info.tags":     "タグ",
	"cmd.info.creator":  "作成者",
	"cmd.info.private":  "個人に関する情報",

	"cmd.bad_kind":         "--kind {value}：image、video、audio、pdf、text、other のいずれかを指定してください。",
	"cmd.bad_private_data": "--private-data {value}：kept、undecided、stays、removed のいずれかを指定してください。",
	"cmd.bad_notes_format": "--format {value}：json または csv を指定してください。",
	"cmd.nothing_to_set":   "設定する項目を --alt、--tag、--creator（または --decorative、--alt-checked）で指定してください。",
	"cmd.catalogue":        "カタログ {file} を使用できません。ファイルはそのまま残しています。別の場所に移動すると新しいカタログが作られます。メディアに影響はありません。",
	"cmd.catalogue_denied": "カタログ {file} を開けません（{detail}）。--home で別のディレクトリを指定するか、MEDIADOCK_CATALOGUE で別のファイルを指定してください。",
	"cmd.catalogue_newer":  "カタログ {file} は新しいバージョンのmediadockで書き込まれています。ファイルはそのまま残しています。そのバージョンを使用してください。",
	"cmd.catalogue_age":    "ファイルの一覧は {time} 時点のものです。--refresh を付けるとバケットを読み直します。",
	"cmd.notes_exist":      "{file} はすでに存在し、mediadockの代替テキストのファイルではないため、置き換えていません。別の名前を指定するか、ファイルを削除してください。",
	"cmd.notes_written":    "{count} 件のファイルを {file} に書き出しました。",
	"cmd.notes_taken":      "{changed} 件を変更しました。{same} 件は変更がありません。",
	"cmd.notes_would":      "{changed} 件が変更されます。{same} 件はファイルと同じです。何も変更していません。",
	"cmd.notes_unknown":    "{count} 件はバケットにありません。ファイルの内容は、メディアが追加されたときのために保存されます。",
	"cmd.notes_unreadable": "{file} を読み取れません。",
	"cmd.url_unknown":      "{path} はカタログにありません（{time} 時点）。`mediadock media info` で S3 に確認できます。",
	"cmd.notes_bad":        "{file}：{detail}何も変更していません。",

	"cmd.notes.empty":    "ファイルが空です。",
	"cmd.notes.syntax":   "{line} 行目が、export で書き出したCSVまたはJSONの形式ではありません（{detail}）。",
	"cmd.notes.no-path":  "1行目に、対象のファイルを示す列「path」がありません。",
	"cmd.notes.column":   "1行目に列「{detail}」があります。使用できる列は path、alt、tags、creator、alt_mark、private_data、private_data_at です。",
	"cmd.notes.mark":     "{line}行目の列「alt_mark」に「{detail}」があります。decorative、checked、または空にしてください。",
	"cmd.notes.private":  "{line} 行目の列「private_data」または「private_data_at」に「{detail}」があります。「removed: gps, camera; stays: maker」、2026-11-22T15:00:00Z の形式で指定してください。",
	"cmd.notes.path":     "{line} 行目の列「path」にファイルがありません。",
	"cmd.notes.encoding": "{line} 行目がUTF-8ではありません（Shift_JISなどで保存されています）。Excelでは「CSV UTF-8（コンマ区切り）」で保存してください。",
	"cmd.notes.twice":    "{line} 行目の {detail} は2回目です。",
}
