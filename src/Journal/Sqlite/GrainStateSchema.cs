namespace Zvonok.Journal.Sqlite;

/// <summary>
/// The slow state of grains, as <see cref="Postgres.ClusterSchema"/> has it; what else is there belongs to clusters, and on SQLite a
/// silo is alone.
/// </summary>
internal static class GrainStateSchema
{
    public const string Step = $"""
        create table orleansquery (
            querykey   text primary key,
            querytext  text not null
        ) without rowid;

        create table grain_state (
            service     text not null,
            type        text not null,
            n0          integer not null,
            n1          integer not null,
            extension   text not null,
            payload     blob,
            written_at  integer not null,
            version     integer not null,
            primary key (service, type, n0, n1, extension)
        ) without rowid;

        {Queries}
        """;

    private const string ThisState =
        "service = @ServiceId and type = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString, '''')";

    // Two statements, of which the version lets one do something. No row in the answer is a conflict: somebody else has written since.
    private const string Queries = $"""
        insert into orleansquery values ('ReadFromStorageKey', '
            select payload as PayloadBinary, written_at, version as Version from grain_state where {ThisState}
        '), ('WriteToStorageKey', '
            insert into grain_state
            select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, unixepoch(), 1
            where @GrainStateVersion is null
            on conflict do nothing
            returning version as NewGrainStateVersion;
            update grain_state set payload = @PayloadBinary, written_at = unixepoch(), version = version + 1
            where {ThisState} and version = @GrainStateVersion
            returning version as NewGrainStateVersion
        '), ('ClearStorageKey', '
            update grain_state set payload = null, written_at = unixepoch(), version = version + 1
            where {ThisState} and version = @GrainStateVersion
            returning version as NewGrainStateVersion
        '), ('DeleteStorageKey', '
            delete from grain_state where {ThisState} and version = @GrainStateVersion
            returning version + 1 as NewGrainStateVersion
        ');
        """;
}
