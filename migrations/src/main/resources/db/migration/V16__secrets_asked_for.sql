-- Secrets are among what a plugin asks for; nobody has been asked about them before.
update plugin set approved = approved || '{"secrets": false}' where approved <> '{}';
update plugin_version set about = jsonb_set(about, '{asks,secrets}', 'false') where about ? 'asks';
