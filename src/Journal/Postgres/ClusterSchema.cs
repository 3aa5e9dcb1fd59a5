namespace Zvonok.Journal.Postgres;

/// <summary>
/// The cluster's tables: who is a member, reminders, and the slow state of grains. Orleans brings no tables of its own: it reads
/// its statements from <c>orleansquery</c>, where only keys, parameters and result columns are given. Each is one statement, so
/// that it happens whole or not at all.
/// </summary>
internal static class ClusterSchema
{
    public const string Step = $"""
        create table orleansquery (
            querykey   text primary key,
            querytext  text not null
        );

        create table cluster_version (
            cluster  text primary key,
            version  integer not null
        );

        create table cluster_member (
            cluster        text not null,
            address        text not null,
            port           integer not null,
            generation     integer not null,
            silo           text not null,
            host           text not null,
            status         integer not null,
            proxy_port     integer not null,
            suspect_times  text,
            started_at     timestamptz not null,
            alive_at       timestamptz not null,
            primary key (cluster, address, port, generation)
        );

        create table reminder (
            service   text not null,
            grain     text not null,
            name      text not null,
            start_at  timestamptz not null,
            period    bigint not null,
            hash      integer not null,
            version   integer not null,
            primary key (service, grain, name)
        );

        create index reminder_hash on reminder (service, hash);

        create table grain_state (
            service     text not null,
            type        text not null,
            n0          bigint not null,
            n1          bigint not null,
            extension   text not null,
            payload     bytea,
            written_at  timestamptz not null,
            version     integer not null,
            primary key (service, type, n0, n1, extension)
        );

        {Membership}

        {Reminders}

        {GrainState}
        """;

    private const string Members = """
        select v.cluster as deploymentid, m.address, m.port, m.generation, m.silo as siloname, m.host as hostname, m.status,
            m.proxy_port as proxyport, m.suspect_times as suspecttimes, m.started_at as starttime, m.alive_at as iamalivetime, v.version
        from cluster_version v
        left join cluster_member m on m.cluster = v.cluster
        """;

    // Both or neither: the version is raised only when the member can be written, and the member is written only with it.
    private const string Membership = $"""
        insert into orleansquery values ('InsertMembershipVersionKey', '
            with made as (insert into cluster_version values (@DeploymentId, 0) on conflict do nothing returning 1)
            select count(*)::integer from made
        '), ('InsertMembershipKey', '
            with raised as (
                update cluster_version set version = version + 1
                where cluster = @DeploymentId and version = @Version and not exists (
                    select from cluster_member m
                    where m.cluster = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation)
                returning cluster
            ), made as (
                insert into cluster_member
                select cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, null, @StartTime, @IAmAliveTime from raised
                returning 1
            )
            select count(*)::integer from made
        '), ('UpdateMembershipKey', '
            with raised as (
                update cluster_version set version = version + 1
                where cluster = @DeploymentId and version = @Version and exists (
                    select from cluster_member m
                    where m.cluster = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation)
                returning cluster
            ), changed as (
                update cluster_member m set status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
                from raised
                where m.cluster = raised.cluster and m.address = @Address and m.port = @Port and m.generation = @Generation
                returning 1
            )
            select count(*)::integer from changed
        '), ('UpdateIAmAlivetimeKey', '
            update cluster_member set alive_at = @IAmAliveTime
            where cluster = @DeploymentId and address = @Address and port = @Port and generation = @Generation
        '), ('MembershipReadRowKey', '
            {Members} and m.address = @Address and m.port = @Port and m.generation = @Generation where v.cluster = @DeploymentId
        '), ('MembershipReadAllKey', '
            {Members} where v.cluster = @DeploymentId
        '), ('GatewaysQueryKey', '
            select address, proxy_port as proxyport, generation from cluster_member
            where cluster = @DeploymentId and status = @Status and proxy_port > 0
        '), ('DeleteMembershipTableEntriesKey', '
            with members as (delete from cluster_member where cluster = @DeploymentId)
            delete from cluster_version where cluster = @DeploymentId
        '), ('CleanupDefunctSiloEntriesKey', '
            delete from cluster_member where cluster = @DeploymentId and alive_at < @IAmAliveTime and status <> 3
        ');
        """;

    private const string ReminderColumns = "select grain as grainid, name as remindername, start_at as starttime, period, version from reminder where service = @ServiceId";

    // Hashes are a ring: a range that wraps takes what lies above its begin or up to its end.
    private const string Reminders = $"""
        insert into orleansquery values ('UpsertReminderRowKey', '
            insert into reminder values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
            on conflict (service, grain, name) do update
            set start_at = excluded.start_at, period = excluded.period, hash = excluded.hash, version = reminder.version + 1
            returning version
        '), ('ReadReminderRowsKey', '
            {ReminderColumns} and grain = @GrainId
        '), ('ReadReminderRowKey', '
            {ReminderColumns} and grain = @GrainId and name = @ReminderName
        '), ('ReadRangeRows1Key', '
            {ReminderColumns} and hash > @BeginHash and hash <= @EndHash
        '), ('ReadRangeRows2Key', '
            {ReminderColumns} and (hash > @BeginHash or hash <= @EndHash)
        '), ('DeleteReminderRowKey', '
            with gone as (
                delete from reminder where service = @ServiceId and grain = @GrainId and name = @ReminderName and version = @Version
                returning 1
            )
            select count(*)::integer from gone
        '), ('DeleteReminderRowsKey', '
            delete from reminder where service = @ServiceId
        ');
        """;

    private const string ThisState =
        "service = @ServiceId and type = @GrainTypeString and n0 = @GrainIdN0 and n1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString, '''')";

    // No row in the answer is a conflict: somebody else has written since.
    private const string GrainState = $"""
        insert into orleansquery values ('ReadFromStorageKey', '
            select payload as payloadbinary, written_at, version from grain_state where {ThisState}
        '), ('WriteToStorageKey', '
            with made as (
                insert into grain_state
                select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, now(), 1
                where @GrainStateVersion is null
                on conflict do nothing
                returning version
            ), changed as (
                update grain_state set payload = @PayloadBinary, written_at = now(), version = version + 1
                where {ThisState} and version = @GrainStateVersion
                returning version
            )
            select version as newgrainstateversion from made union all select version from changed
        '), ('ClearStorageKey', '
            update grain_state set payload = null, written_at = now(), version = version + 1
            where {ThisState} and version = @GrainStateVersion
            returning version as newgrainstateversion
        '), ('DeleteStorageKey', '
            delete from grain_state where {ThisState} and version = @GrainStateVersion
            returning version + 1 as newgrainstateversion
        ');
        """;
}
