zzyzx
