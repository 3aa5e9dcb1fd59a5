namespace Zvonok.Terminals.Storage;

/// <summary>The terminal's file, step by step: a file of an earlier version gets the steps that it has not.</summary>
internal static class StoreSchema
{
    /// <summary>Never changed, only added to: `user_version` says how many a file has.</summary>
    public static readonly string[] Steps =
    [
        """
        create table setting (name text primary key, value text not null) without rowid;
        create table list_part (part integer primary key, content blob not null, signing_key_id integer not null, signature blob not null);
        create table fact (position integer primary key autoincrement, operation blob not null unique, body blob not null);
        create table not_taken (position integer primary key, operation blob not null, body blob not null, code integer not null, message text not null);
        create table inside (handle integer primary key, since integer not null);
        create table sold (operation blob primary key, handle integer not null, day integer not null, hot_meal integer not null, buffet integer not null, meal integer, ordered integer, known_at integer) without rowid;
        """,
        "alter table sold add column ride integer not null default 0;",
    ];
}
