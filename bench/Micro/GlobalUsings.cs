global using BenchmarkDotNet.Attributes;
global using NodaTime;
global using Zvonok.Domain;
global using Zvonok.Domain.Accounts;
global using Zvonok.Domain.Buildings;
global using Zvonok.Domain.Cards;
global using Zvonok.Domain.Operations;
