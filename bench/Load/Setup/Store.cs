namespace Zvonok.Load.Setup;

/// <summary>Where a silo keeps its journal.</summary>
internal enum Store
{
    Postgres,
    Sqlite,
}
