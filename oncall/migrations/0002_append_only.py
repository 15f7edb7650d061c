from django.db import migrations

FUNCTION = """
CREATE FUNCTION oncall_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TABLES = ("oncall_alertevent", "oncall_pageattempt")


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION oncall_refuse_change();",
        f"DROP TRIGGER {table}_append_only ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("oncall", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION oncall_refuse_change();"),
        *[trigger(table) for table in TABLES],
    ]
