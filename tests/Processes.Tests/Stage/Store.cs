namespace Zvonok.Processes.Tests.Stage;

/// <summary>Where a silo keeps its journal.</summary>
public enum Store
{
    Postgres,
    Sqlite,
}
