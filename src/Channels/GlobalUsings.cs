global using NodaTime;
global using Zvonok.Domain.Notices;
global using Zvonok.Grains.Notices;
