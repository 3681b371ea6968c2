package text

// connectionEN are the words of the commands that change saved connections.
var connectionEN = map[string]string{
	"cmd.environment_settings": "{environment} is an environment of {name}, and this is for connections alone. Name the connection: {name}.",
	"cmd.two_external_ids":     "Give either --external-id or --generate-external-id.",
	"cmd.lock_hidden":          "Media exist there, and a saved connection that may lock them cannot be read, so nothing was changed. Mend the file, or let this computer forget it with mediadock connection forget NAME. {detail}",

	"cmd.edit_generate": "An external ID is made and changed with mediadock connection rotate NAME --generate-external-id, which keeps the old one until the role trusts the new one.",
	"cmd.edit_nothing":  "Nothing to change: give the settings as flags, such as --notes TEXT, or run mediadock connection edit {name} in a terminal, where the wizard opens.",
	"cmd.edit_same":     "{name} has these settings already. Nothing was changed.",
	"cmd.edit_failed":   "Not saved: the test did not pass. {name} is as it was.",
	"cmd.edit_saved":    "Saved. {name} has the new settings.",
	"cmd.rotate_only":   "{count} media exist under {name}, so {fields} can only be rotated: mediadock connection rotate {name} tests the new pair first.",
	"cmd.rotate_unknown": "Whether media exist under {name} cannot be told, so nothing was changed. If role or external ID have changed in AWS, " +
		"mediadock connection rotate {name} tests and saves the new ones. {detail}",

	"cmd.delete_locked":  "{count} media exist under {name}, so it cannot be deleted. To remove only this computer's copy of the settings: mediadock connection forget {name}.",
	"cmd.delete_unknown": "Whether media exist under {name} cannot be told, so nothing was deleted. To remove only this computer's copy of the settings: mediadock connection forget {name}. {detail}",
	"cmd.ask.delete":     "Type the name {name} to delete its settings: ",
	"cmd.deleted":        "The connection {name} is deleted.",
	"cmd.delete_dry_run": "Dry run: {name} may be deleted, since no media exist. Nothing was deleted.",
	"cmd.also_saved_as":  "The same place is also saved as {names}.",
	"cmd.remains":        "In AWS everything stays as it is. What nothing else uses can be removed by whoever administers it:",

	"cmd.remains.distribution":  "The CloudFront distribution {resource}: disable it first, then delete it with the ETag that the first command gives.",
	"cmd.remains.bucket-policy": "The policy of the bucket {resource}: look at it, and take out what was made for the media.",
	"cmd.remains.bucket":        "The bucket {resource}: it can be removed once it is empty, old versions included.",
	"cmd.remains.role":          "The IAM role {resource}: detach and delete its policies, then delete it.",

	"cmd.rotate_nothing":    "Nothing to rotate: give --role-arn, --external-id or --generate-external-id.",
	"cmd.rotate_id":         "New external ID: {id}\nIt is kept in the draft {name}. Until the test passes, {name} goes on with the old one.",
	"cmd.rotate_trust":      "Trust policy of {role} for the change-over:",
	"cmd.rotate_saved":      "Rotated. {name} now has the new role and external ID.",
	"cmd.rotate_failed":     "Not saved: {name} still has the role and external ID that it had.",
	"cmd.rotate_put":        "Put the trust policy above on {role} (IAM, Roles, Trust relationships).",
	"cmd.rotate_again":      "Then run this again: {command}",
	"cmd.rotate_unproved":   "Nothing proved the new pair ({rows}), since you do not go through the role yourself. mediadock connection rotate --owner-profile PROFILE reads the role as whoever administers it; look at the owner.* rows.",
	"cmd.rotate_cms":        "Where your CMS has these settings itself, enter the new ones there, too, before you remove the old ones.",
	"cmd.rotate_others":     "Others still have the old ones, and stop working without them. Rotate each to the same new ones first (ID is the new external ID):",
	"cmd.rotate_clean_id":   "Then take the old external ID out of the trust policy of {role}; mediadock policy trust {name} prints the final one.",
	"cmd.rotate_clean_role": "Then remove the old role {old} if nothing else uses it.",

	"cmd.exported":             "Written to {file}: {names}.",
	"cmd.export_no_id":         "The external ID is left out: whoever imports this adds --external-id. --show-external-id writes it, too.",
	"cmd.export_all_and_names": "Give either names or --all.",
	"cmd.export_exists":        "{file} exists and holds no connections, so it was not replaced. Choose another name, or remove the file.",
	"cmd.import_rename":        "{file} holds several connections, so -c cannot rename them.",
	"cmd.importing":            "{name}:",
	"cmd.import_failed":        "Not saved: the test did not pass. Nothing was kept of {name}.",
	"cmd.draft_taken":          "{name} is an unfinished set-up, which would be lost. Finish it with mediadock setup -c {name}, or choose another name with -c.",
}
