package text

// alttextJA: judging alt texts, and taking them to a spreadsheet and back.
var alttextJA = map[string]string{
	"help.media.alt.short": "代替テキストの設定状況を確認し、表計算ソフトで編集します",
	"help.media.alt.long":  "代替テキストのある画像を数え、確認が必要な画像を一覧にし、表計算ソフトとの間で書き出しと読み込みを行います。ターミナルUIでは、メディアライブラリで E キーを押すと同じ作業を1件ずつ行えます。",
	"help.media.alt.example": `mediadock media alt status --folders
mediadock media alt export --missing-alt --output todo.csv
mediadock media alt import todo.csv --dry-run`,

	"help.media.alt.status.short":        "代替テキストのある画像を数えます",
	"help.media.alt.status.long":         "代替テキストのある画像、ない画像、疑わしい画像、装飾画像を数えます。FOLDER を指定すると、その下のすべての画像が対象です。",
	"help.media.alt.status.example":      `mediadock media alt status news --folders`,
	"help.media.alt.status.flag.folders": "フォルダーごとの件数も表示します",

	"help.media.alt.list.short": "代替テキストの確認が必要な画像を一覧表示します",
	"help.media.alt.list.long":  "代替テキストのない画像、疑わしい画像、長い画像を、理由とともにパスの順に表示します。そのままで正しい代替テキストは media set --alt-checked で、代替テキストが不要な画像は --decorative で一覧から外れます。",
	"help.media.alt.list.example": `mediadock media alt list --suspicious-alt
mediadock media alt list news --reason camera,file-name --json`,

	"help.media.alt.export.short":   "画像ごとに1行を書き出します",
	"help.media.alt.export.long":    "画像ごとに1行（パス、URL、代替テキスト、印、理由、リビジョン）のCSVファイルを書き出します（--json を付けるとJSON）。列 alt に入力するか、列 mark に decorative と入力し、import で読み込んでください。列 revision は変更しないでください。ほかの人の変更を見分けるために使用します。",
	"help.media.alt.export.example": `mediadock media alt export news --missing-alt --output todo.csv`,

	"help.media.alt.import.short": "代替テキストをCSVまたはJSONファイルから読み込みます",
	"help.media.alt.import.long":  "FILE のすべての行を読み込みます。誤った行がある場合は何も読み込みません。書き出し後にほかの人が変更した行はそのまま残し、内容を表示します。ない列と空のセルは何も変更しません。CSVの文字コードは、UTF-8、UTF-16、Shift_JIS（日本語版Excelの標準）のいずれでもかまいません。",
	"help.media.alt.import.example": `mediadock media alt import todo.csv --dry-run
mediadock media alt import todo.csv`,
	"help.media.alt.import.flag.clear-empty": "列 alt の空のセルで代替テキストを削除します",
	"help.media.alt.import.flag.overwrite":   "書き出し後にほかの人が変更した内容も上書きします",

	"help.media.alt.flag.refresh":        "先にバケット全体を読み直します",
	"help.media.alt.flag.missing-alt":    "代替テキストのない画像",
	"help.media.alt.flag.suspicious-alt": "代替テキストが疑わしい画像",
	"help.media.alt.flag.reason":         "理由 `REASON`（camera、too-long など）のいずれかに当てはまる画像",

	"media.alt.missing":      "代替テキストなし",
	"media.alt.garbled":      "文字化け",
	"media.alt.control":      "見えない文字または改行を含む",
	"media.alt.placeholder":  "仮のテキスト",
	"media.alt.url":          "URLまたはパス",
	"media.alt.file-name":    "ファイル名のまま",
	"media.alt.camera":       "カメラやスクリーンショットの名前",
	"media.alt.untitled":     "アプリが付けた名前",
	"media.alt.no-words":     "数字や記号のみ",
	"media.alt.generic":      "どの画像にも当てはまる",
	"media.alt.repeated":     "複数の異なる画像で同じ",
	"media.alt.says-picture": "「画像」であることは読み上げ時に伝わる",
	"media.alt.blanks":       "先頭または末尾に空白",
	"media.alt.too-long":     "125文字超（読み上げが長い）",
	"media.alt.and":          "、",
	"media.alt.none":         "確認が必要な画像はありません。{count} 件すべてに代替テキストがあるか、装飾画像です。",

	"media.alt.mark.decorative": "装飾画像",
	"media.alt.mark.checked":    "確認済み",

	"media.alt.count.images":      "画像",
	"media.alt.count.with-alt":    "代替テキストあり",
	"media.alt.count.decorative":  "装飾画像",
	"media.alt.count.missing":     "代替テキストなし",
	"media.alt.count.suspicious":  "疑わしい",
	"media.alt.count.hints":       "長い",
	"media.alt.count.done":        "対応済み",
	"media.alt.column.images":     "画像",
	"media.alt.column.missing":    "なし",
	"media.alt.column.suspicious": "疑わしい",
	"media.alt.column.folder":     "フォルダー",

	"cmd.bad_alt_reason":     "--reason {value}：{values} のいずれかを指定してください。",
	"cmd.alt_and_decorative": "--alt と --decorative は同時に指定できません。装飾画像に代替テキストはありません。",

	"cmd.alttable_encoding":  "ファイルを {encoding} として読み込みました。",
	"cmd.alttable_emptied":   "{count} 件は、代替テキストがありますがファイルのセルは空です。代替テキストは残しました。--clear-empty を付けると削除します：",
	"cmd.alttable_conflicts": "{count} 件は、書き出し後にほかの人が変更しました。そのまま残しています。書き出し直すか、--overwrite を付けてください：",
	"cmd.alttable_now":       "現在：{text}",
	"cmd.alttable_yours":     "ファイル：{text}",

	"cmd.alttable.empty":        "ファイルが空です。",
	"cmd.alttable.empty-stdin":  "入力がありません。",
	"cmd.alttable.too-long":     "ファイルが64 MBを超えています。フォルダーごとに書き出して読み込んでください。",
	"cmd.alttable.encoding":     "ファイルの文字コードがUTF-8、UTF-16、Shift_JISのいずれでもありません。Excelでは「CSV UTF-8（コンマ区切り）」で保存してください。",
	"cmd.alttable.syntax":       "{line} 行目が、export で書き出したCSVまたはJSONの形式ではありません（{detail}）。",
	"cmd.alttable.no-path":      "1行目に、対象のファイルを示す列「path」がありません。",
	"cmd.alttable.column":       "1行目に列「{detail}」があります。使用できる列は path、url、alt、mark、reason、revision です。",
	"cmd.alttable.column-twice": "1行目に列「{detail}」が2つあります。",
	"cmd.alttable.path":         "{line} 行目の列「path」にファイルがありません。",
	"cmd.alttable.twice":        "{line} 行目の {detail} は2回目です。",
	"cmd.alttable.mark":         "{line} 行目の列「mark」に「{detail}」があります。decorative、checked、none のいずれか、または空にしてください。",
	"cmd.alttable.both":         "{line} 行目の {detail} には代替テキストがありますが、装飾画像とされています。どちらかのセルを空にしてください。",
	"cmd.alttable.computed":     "{line} 行目の代替テキストが {detail} になっています。表計算ソフトが数式とみなしました。先頭に ' を付けて入力し直してください。",
}
