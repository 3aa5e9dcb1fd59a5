namespace Zvonok.Journal.Postgres;

/// <summary>What devices decide by while they have no connection (O1).</summary>
internal static class PostgresListSchema
{
    /// <summary>What <c>card.further</c> opens, one by one: numbers of buildings, <c>*</c> for all by a rule; of rules that deny and of what else rules say, words that are none of these.</summary>
    public const string Opened = "string_to_array(replace(replace(further, '+', ''), '/', ' '), ' ')";

    /// <summary>
    /// The schema's eleventh step. Who may enter a building is found by two indexes: its own people by their home, those of elsewhere by the further buildings of their cards and those that rules allow, which few have.
    /// <c>list_holder</c> has what accounts are called on a building's lists; it is never taken away, since a device may name somebody long after. <c>offline_list</c> has the newest version of each list
    /// and the digest of its content, the audience as a kind of device; <c>offline_policy</c> how much tills may sell without a connection, building 0 the city's.
    /// </summary>
    public const string Step = $"""
        create index card_home on card (home);
        create index card_further on card using gin ({Opened}) where further is not null;
        create table list_holder (
            account   bigint not null,
            building  integer not null,
            handle    integer not null,
            primary key (building, handle),
            unique (building, account)
        );
        create table offline_list (
            key_id    bigint not null,
            version   bigint not null,
            digest    uuid not null,
            building  integer not null,
            audience  smallint not null,
            primary key (building, audience, key_id)
        );
        create table offline_policy (
            allowance  bigint not null,
            building   integer primary key
        );
        """;
}
