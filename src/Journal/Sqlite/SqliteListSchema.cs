namespace Zvonok.Journal.Sqlite;

/// <summary>What devices decide by while they have no connection: as <see cref="Postgres.PostgresListSchema"/> has it.</summary>
internal static class SqliteListSchema
{
    /// <summary>
    /// The schema's eleventh step. SQLite has no index on the members of a list: <c>card_further</c> has the further buildings of cards and those that rules allow, one by one, 0 for all, and triggers keep it whatever
    /// changes a card.
    /// </summary>
    public static readonly string Step = $"""
        create index card_home on card (home);
        create table card_further (
            building  integer not null,
            token     blob not null,
            primary key (building, token)
        ) without rowid;
        insert or ignore into card_further (building, token) select cast(value as integer), token from card, {Opened("further")};
        create trigger card_further_added after insert on card when new.further is not null begin
            insert or ignore into card_further (building, token) select cast(value as integer), new.token from {Opened("new.further")};
        end;
        create trigger card_further_changed after update of further on card when new.further is not old.further begin
            delete from card_further where token = old.token and building in (select cast(value as integer) from {Opened("old.further")});
            insert or ignore into card_further (building, token) select cast(value as integer), new.token from {Opened("new.further")};
        end;
        create trigger card_further_removed after delete on card when old.further is not null begin
            delete from card_further where token = old.token and building in (select cast(value as integer) from {Opened("old.further")});
        end;
        create table list_holder (
            building  integer not null,
            handle    integer not null,
            account   integer not null,
            primary key (building, handle),
            unique (building, account)
        ) without rowid;
        create table offline_list (
            building  integer not null,
            audience  integer not null,
            key_id    integer not null,
            version   integer not null,
            digest    blob not null,
            primary key (building, audience, key_id)
        ) without rowid;
        create table offline_policy (
            building   integer primary key,
            allowance  integer not null
        );
        """;

    // Words that are numbers, and * for all; nothing for null. What rules deny begins with a sign, what else they say with a letter.
    private static string Opened(string further) =>
        $"""json_each('["' || replace(replace(replace({further}, '+', ''), '/', ' '), ' ', '","') || '"]') where value = '*' or value not glob '*[^0-9]*'""";
}
